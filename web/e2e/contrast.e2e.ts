/** Every page in every state against axe, in light and in dark; and what axe leaves out: words on disabled and busy buttons. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, violations, visit } from './browser';
import { become, type Fixture, makeFixture, show } from './states';

let browser: Browser;
let fixture: Fixture;
beforeAll(async () => {
  browser = await open();
  fixture = await makeFixture();
});
afterAll(() => browser?.close());

describe.each([
  { dark: false, size: 'desk' },
  { dark: true, size: 'phone' },
] as const)('dark: $dark, at $size size', ({ dark, size }) => {
  test('nobody is shut out of any page in any state', { timeout: 300_000 }, async () => {
    const { page, context } = await visit(browser, size, dark);
    const found: string[] = [];
    for (const state of fixture.states) {
      if (process.env.IHOME_STATE && !state.name.includes(process.env.IHOME_STATE)) continue;
      await become(context, fixture, state.who);
      const end = await show(page, state).catch((failure: Error) => {
        found.push(`${failure.message}: ${String(failure.cause).slice(0, 300)}`);
      });
      if (!end) continue;
      for (const each of [...(await violations(page)), ...(await faint(page))]) found.push(`${state.name}: ${each}`);
      await end();
    }
    await context.close();
    expect(found, found.join('\n')).toEqual([]);
  });
});

/** Buttons that are disabled or busy and whose words are hard to read, as they stand and under the pointer. */
async function faint(page: Page): Promise<string[]> {
  const found: string[] = [];
  const buttons = page.locator(':is(button, a, input, [role=button]):is(:disabled, [aria-disabled=true]):visible');
  const [count, most] = [await buttons.count(), 6];
  for (let at = 0; at < Math.min(count, most); at++) {
    const button = buttons.nth(at);
    for (const hovered of [false, true]) {
      if (hovered) await button.hover({ force: true, timeout: 2000 }).catch(() => {});
      const [contrast, name] = await button.evaluate(contrastOf);
      if (contrast < 4.5)
        found.push(`"${name}"${hovered ? ' under the pointer' : ''} has a contrast of ${contrast.toFixed(2)}`);
    }
  }
  return [...new Set(found)];
}

function contrastOf(element: Element): [number, string] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const blend = (under: number[], colour: string, opacity: number): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const share = (a / 255) * opacity;
    return [r, g, b].map((value, at) => value * share + (under[at] ?? 0) * (1 - share));
  };
  const chain: Element[] = [];
  for (let each: Element | null = element; each; each = each.parentElement) chain.unshift(each);
  let ground = [255, 255, 255];
  let opacity = 1;
  for (const each of chain) {
    const style = getComputedStyle(each);
    opacity *= Number(style.opacity);
    ground = blend(ground, style.backgroundColor, opacity);
  }
  const ink = blend(ground, getComputedStyle(element).color, opacity);
  const light = (rgb: number[]) => {
    const [r = 0, g = 0, b = 0] = rgb.map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [one, other] = [light(ink), light(ground)].sort((a, b) => b - a);
  return [(one! + 0.05) / (other! + 0.05), element.textContent?.trim().slice(0, 40) ?? ''];
}
