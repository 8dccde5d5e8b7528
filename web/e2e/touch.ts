/** Fingers and mice. */
import type { Page } from 'playwright-core';
import type { Size } from './browser';

/** Drags from one element to another, by touch where there is one. */
export async function drag(page: Page, size: Size, from: string, to: string): Promise<void> {
  const middle = async (selector: string) => {
    const box = await page.locator(selector).boundingBox();
    if (!box) throw new Error(`nothing to drag at ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  await page.locator(from).scrollIntoViewIfNeeded();
  const [start, end] = [await middle(from), await middle(to)];
  const at = (share: number) => ({ x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share });
  if (size === 'desk') {
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    for (let share = 0.1; share <= 1; share += 0.1) await page.mouse.move(at(share).x, at(share).y);
    await page.mouse.move(end.x, end.y);
    await page.mouse.up();
    return;
  }
  const screen = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [start]);
  for (let share = 0.1; share <= 1; share += 0.1) await touch('touchMove', [at(share)]);
  await touch('touchMove', [end]);
  await touch('touchEnd', []);
  await screen.detach();
}

/** Scrolls until an element's middle is at that share of the screen's height, or as near as the page can be scrolled. */
export async function scrollTo(page: Page, selector: string, share: number): Promise<void> {
  await page.locator(selector).evaluate((element, wanted) => {
    const box = element.getBoundingClientRect();
    window.scrollBy(0, box.y + box.height / 2 - window.innerHeight * wanted);
  }, share);
}
