/** The views and their addresses. The server knows the same list (ihome.web): other addresses are a real 404. */
import { nextTick } from 'vue';
import { createRouter, createWebHistory, type RouteLocationRaw } from 'vue-router';
import { type Key, t } from './i18n';
import { onSessionEnded } from './lib/api';
import { keep, kept } from './lib/keep';
import { overlaysClosed } from './lib/overlay';
import { watchNavigation } from './lib/navigating';
import { say } from './lib/say';
import { whoAmI } from './lib/session';
import HomeView from './views/HomeView.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the title; a view that knows more sets its own. */
    title?: Key;
    /** Only for somebody who is logged in. */
    login?: boolean;
    /** No bar of the main places at the foot of a phone: the view has its own. */
    alone?: boolean;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: HomeView, meta: { title: 'app.title' } },
    { path: '/houses', name: 'houses', component: () => import('./views/ListView.vue'), meta: { title: 'list.title' } },
    {
      path: '/houses/:id(\\d+)',
      name: 'house',
      component: () => import('./views/HouseView.vue'),
      meta: { alone: true },
    },
    {
      path: '/houses/:id(\\d+)/book',
      name: 'book',
      component: () => import('./views/BookView.vue'),
      meta: { title: 'book.title', login: true, alone: true },
    },
    {
      path: '/login',
      name: 'login',
      component: () => import('./views/LoginView.vue'),
      meta: { title: 'login.title', alone: true },
    },
    {
      path: '/register',
      name: 'register',
      component: () => import('./views/RegisterView.vue'),
      meta: { title: 'register.title', alone: true },
    },
    {
      path: '/password',
      name: 'reset',
      component: () => import('./views/ResetView.vue'),
      meta: { title: 'reset.title', alone: true },
    },
    {
      path: '/me/password',
      name: 'password',
      component: () => import('./views/PasswordView.vue'),
      meta: { title: 'password.title', login: true, alone: true },
    },
    { path: '/me', name: 'me', component: () => import('./views/MeView.vue'), meta: { title: 'me.title' } },
    {
      path: '/me/profile',
      name: 'profile',
      component: () => import('./views/ProfileView.vue'),
      meta: { title: 'profile.title', login: true },
    },
    {
      path: '/me/privacy',
      name: 'privacy',
      component: () => import('./views/PrivacyView.vue'),
      meta: { title: 'privacy.title', login: true },
    },
    {
      path: '/me/notices',
      name: 'notices',
      component: () => import('./views/NoticesView.vue'),
      meta: { title: 'notices.title', login: true },
    },
    {
      path: '/me/verify',
      name: 'verify',
      component: () => import('./views/VerifyView.vue'),
      meta: { title: 'verify.title', login: true },
    },
    {
      path: '/orders',
      name: 'orders',
      component: () => import('./views/OrdersView.vue'),
      meta: { title: 'orders.title', login: true },
    },
    {
      path: '/orders/:id(\\d+)/pay',
      name: 'pay',
      component: () => import('./views/PayView.vue'),
      meta: { title: 'pay.title', login: true, alone: true },
    },
    {
      path: '/payment/return',
      name: 'paid',
      component: () => import('./views/PaidView.vue'),
      meta: { title: 'pay.title' },
    },
    {
      path: '/host',
      name: 'host',
      component: () => import('./views/HostView.vue'),
      meta: { title: 'host.title', login: true },
    },
    {
      path: '/host/new',
      name: 'publish',
      component: () => import('./views/PublishView.vue'),
      meta: { title: 'publish.title', login: true, alone: true },
    },
    {
      path: '/host/houses/:id(\\d+)/photos',
      name: 'photos',
      component: () => import('./views/PhotosView.vue'),
      meta: { title: 'photos.title', login: true, alone: true },
    },
    {
      path: '/host/houses/:id(\\d+)/edit',
      name: 'edit-house',
      component: () => import('./views/EditHouseView.vue'),
      meta: { title: 'edit.title', login: true, alone: true },
    },
    {
      path: '/host/houses/:id(\\d+)/calendar',
      name: 'host-calendar',
      component: () => import('./views/HostCalendarView.vue'),
      meta: { title: 'hostCalendar.title', login: true, alone: true },
    },
    {
      path: '/host/orders',
      name: 'host-orders',
      component: () => import('./views/HostOrdersView.vue'),
      meta: { title: 'orders.hostTitle', login: true },
    },
    { path: '/:text(terms|privacy|help|imprint)', name: 'text', component: () => import('./views/TextView.vue') },
    { path: '/offline', redirect: { name: 'home' } },
    {
      path: '/:rest(.*)*',
      name: 'lost',
      component: () => import('./views/LostView.vue'),
      meta: { title: 'lost.title' },
    },
  ],
  async scrollBehavior(to, from, saved) {
    if (to.path === from.path && !saved) return false;
    await nextTick();
    return saved ?? { top: 0 };
  },
});

router.beforeEach(overlaysClosed);

watchNavigation(router);
router.beforeEach(async (to) => {
  if (!to.meta.login) return true;
  try {
    return (await whoAmI()) ? true : loginFrom(to.fullPath);
  } catch {
    return true; // no network: the view says so where it belongs
  }
});

// A view's file that cannot be fetched: no network, or a newer app on the server, whose pages name other files.
router.onError((_, to) => {
  if (navigator.onLine && !kept('renewed')) {
    keep('renewed', true);
    window.location.assign(to.fullPath);
  } else {
    say(t('error.offline'));
  }
});
router.afterEach(() => keep('renewed', null));

/** Where to log in, such that one comes back here. */
function loginFrom(path: string, ended = false): RouteLocationRaw {
  return { name: 'login', query: { then: path, ...(ended ? { ended: '1' } : {}) } };
}

/** The place to go to after logging in: an address of ours, never somebody else's. */
export function placeAfterLogin(then: unknown): string {
  return typeof then === 'string' && /^\/(?![/\\])/.test(then) ? then : '/me';
}

onSessionEnded(() => {
  const here = router.currentRoute.value;
  if (here.meta.login) void router.replace(loginFrom(here.fullPath, true));
});
