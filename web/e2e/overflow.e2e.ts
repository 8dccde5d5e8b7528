/** No page is wider than its window, cuts words off or lets them lie over each other: at every size, in both languages, with large text. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, visit } from './browser';
import { become, type Fixture, makeFixture, show } from './states';

const WIDTHS = [320, 390, 768, 1024, 1280, 1360, 1920];
const TEXT = [100, 130, 200];

let browser: Browser;
let fixture: Fixture;
beforeAll(async () => {
  browser = await open();
  fixture = await makeFixture();
});
afterAll(() => browser?.close());

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  test('nothing overflows on any page, in any state', { timeout: 600_000 }, async () => {
    const { page, context } = await visit(browser, 'desk', false, language);
    const devtools = await context.newCDPSession(page);
    const only = process.env.IHOME_STATE;
    const found: string[] = [];
    for (const state of fixture.states) {
      if (only && !state.name.includes(only)) continue;
      await become(context, fixture, state.who);
      await page.setViewportSize({ width: 390, height: 844 });
      await scale(devtools, 100);
      const end = await show(page, state).catch((failure: Error) => {
        found.push(`${failure.message}: ${String(failure.cause).slice(0, 300)}`);
      });
      if (!end) continue;
      for (const text of TEXT) {
        await scale(devtools, text);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width < 768 ? 844 : 900 });
          for (const fault of await lastingFaults(page)) found.push(`${state.name}, ${width} px, ${text} %: ${fault}`);
        }
      }
      await end();
    }
    await context.close();
    expect(found, found.join('\n')).toEqual([]);
  });
});

/** As a person does in the settings of the browser. */
const scale = (devtools: CDPSession, percent: number) =>
  devtools.send('Page.setFontSizes', { fontSizes: { standard: Math.round((16 * percent) / 100), fixed: 13 } });

/** What is wrong with the layout and stays so for two seconds: a page that adapts to another size takes a moment. */
async function lastingFaults(page: Page): Promise<string[]> {
  let found = await faults(page);
  for (const end = Date.now() + 2_000; found.length > 0 && Date.now() < end;) found = await faults(page);
  return found;
}

/** What is wrong with the layout as it stands. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const found: string[] = [];
    const root = document.documentElement;
    const nameOf = (element: Element) => {
      const parts: string[] = [];
      for (
        let each: Element | null = element;
        each && parts.length < 3 && each !== document.body;
        each = each.parentElement
      ) {
        const kind =
          typeof each.className === 'string' && each.className ? `.${each.className.trim().split(/\s+/)[0]}` : '';
        parts.unshift(each.tagName.toLowerCase() + kind);
      }
      return parts.join(' > ');
    };
    if (root.scrollWidth > root.clientWidth)
      found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    const dialog = document.querySelector('dialog[open]');
    const scope = dialog ?? document.body;
    const boxes: { element: Element; box: DOMRect }[] = [];
    for (const element of scope.querySelectorAll('*')) {
      if (
        !element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true }) ||
        element.closest('.only-heard, .skip, svg')
      )
        continue;
      const style = getComputedStyle(element);
      const scrolls = /auto|scroll/.test(style.overflowX);
      const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      // Pictures and what is drawn beside the text (rings, washes) may be cut; words may not.
      if (
        !scrolls &&
        !shortened &&
        element.clientWidth > 0 &&
        element.scrollWidth > element.clientWidth + 1 &&
        wordsBeyond(element)
      ) {
        found.push(
          `${nameOf(element)} holds "${wordsBeyond(element)}" ${element.scrollWidth - element.clientWidth} px wider than itself`,
        );
      }
      if (
        /hidden|clip/.test(style.overflowY) &&
        !shortened &&
        element.clientHeight > 0 &&
        element.scrollHeight > element.clientHeight + 2 &&
        element.textContent?.trim()
      ) {
        found.push(`${nameOf(element)} cuts off ${element.scrollHeight - element.clientHeight} px below`);
      }
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const whole of range.getClientRects()) {
          const box = seenOf(element, whole);
          if (box.width > 1 && box.height > 1) boxes.push({ element, box });
        }
      }
      if (element instanceof HTMLSelectElement) {
        const box = element.getBoundingClientRect();
        const [top, left] = [parseFloat(style.paddingTop), parseFloat(style.paddingLeft)];
        const line = Math.min(box.height - top, parseFloat(style.fontSize));
        boxes.push({
          element,
          box: new DOMRect(
            box.x + left,
            box.y + top + (box.height - top - parseFloat(style.paddingBottom) - line) / 2,
            20,
            line,
          ),
        });
      }
    }
    /** The part of a box that the elements around it let show. */
    function seenOf(element: Element, whole: DOMRect): DOMRect {
      let { left, top, right, bottom } = whole;
      for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each);
        if (style.overflowX === 'visible' && style.overflowY === 'visible' && style.contentVisibility === 'visible')
          continue;
        const frame = each.getBoundingClientRect();
        [left, top, right, bottom] = [
          Math.max(left, frame.left),
          Math.max(top, frame.top),
          Math.min(right, frame.right),
          Math.min(bottom, frame.bottom),
        ];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }
    function wordsBeyond(element: Element): string {
      const edge = element.getBoundingClientRect().left + element.clientLeft + element.clientWidth + 1;
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.textContent?.trim() || !parent?.checkVisibility() || parent.closest('.only-heard')) continue;
        let meant = false;
        for (let each: Element | null = parent; each && each !== element; each = each.parentElement) {
          const style = getComputedStyle(each);
          meant ||=
            /auto|scroll/.test(style.overflowX) ||
            style.textOverflow === 'ellipsis' ||
            style.webkitLineClamp !== 'none';
        }
        if (meant) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        if ([...range.getClientRects()].some((box) => box.right > edge)) return node.textContent.trim().slice(0, 20);
      }
      // Words in the style sheet (prices of the calendar) have no text node.
      const added = getComputedStyle(element, '::after').content;
      return added.includes('¥') ? added : '';
    }
    const floats = (element: Element) => {
      for (let each: Element | null = element; each; each = each.parentElement) {
        const position = getComputedStyle(each).position;
        if (position === 'fixed' || position === 'sticky') return each;
      }
      return null;
    };
    const layers = boxes.map(({ element, box }) => ({ element, box, layer: floats(element) }));
    layers.sort((one, other) => one.box.top - other.box.top);
    for (let at = 0; at < layers.length; at++) {
      const one = layers[at]!;
      for (let next = at + 1; next < layers.length && layers[next]!.box.top < one.box.bottom; next++) {
        const other = layers[next]!;
        if (
          one.layer !== other.layer ||
          one.element === other.element ||
          one.element.contains(other.element) ||
          other.element.contains(one.element)
        )
          continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        // Line boxes of neighbouring lines touch; letters that lie over each other share more.
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) * 0.35) {
          found.push(`${nameOf(one.element)} and ${nameOf(other.element)} lie over each other`);
        }
      }
    }
    return [...new Set(found)].slice(0, 12);
  });
}
