/** What a site is that says nothing of itself: as the server has it (SiteSettings.DEFAULT), for tests and the development server. */
import type { Site } from './site';

export const DEFAULTS: Site = {
  zone: 'Asia/Shanghai',
  language: 'zh',
  languages: ['zh', 'en'],
  name: '爱家',
  name_en: 'iHome',
  slogan: '爱家：北京胡同、公寓与民宿短租，总价提前看清，日期不会出错。',
  slogan_en:
    'iHome: courtyard homes, apartments and guesthouses in Beijing. See the full price up front and book dates you can rely on.',
  currency: '¥',
  cities: [{ city_id: 1, name: '北京', name_en: 'Beijing', latitude: 39.9087, longitude: 116.3975 }],
  area_names: {
    东城区: 'Dongcheng',
    西城区: 'Xicheng',
    朝阳区: 'Chaoyang',
    海淀区: 'Haidian',
    昌平区: 'Changping',
    丰台区: 'Fengtai',
    房山区: 'Fangshan',
    通州区: 'Tongzhou',
    顺义区: 'Shunyi',
    大兴区: 'Daxing',
    怀柔区: 'Huairou',
    平谷区: 'Pinggu',
    密云区: 'Miyun',
    延庆区: 'Yanqing',
    石景山区: 'Shijingshan',
    门头沟区: 'Mentougou',
  },
  facilities: [],
};
