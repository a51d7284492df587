/** The chat window draws by itself what Preact draws elsewhere: the same page after every change, the same elements. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';

let script = '';

test.beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../widget/chat/draw.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'draw' } },
  });
  const output = Array.isArray(built) ? built[0]?.output[0] : 'output' in built ? built.output[0] : undefined;
  script = output?.code ?? '';
});

test.beforeEach(async ({ page }) => {
  await page.setContent('<body></body>');
  await page.addScriptTag({ content: `${script};globalThis.h = draw.h;` });
});

test('lists grow, shrink and change places; what stays is the same element', async ({ page }) => {
  const drawn = await page.evaluate(`(() => {
    const list = (...names) => draw.render(h('ol', null, names.map((name) => h('li', { key: name }, name))), document.body);
    const items = () => [...document.querySelectorAll('li')];
    const seen = [];
    list('a', 'b', 'c');
    const before = items();
    for (const names of [['c', 'a', 'b'], ['x', 'a', 'y', 'c'], [], ['c', 'a']]) {
      list(...names);
      seen.push([items().map((item) => item.textContent).join(''), items().filter((item) => before.includes(item)).length]);
    }
    return seen;
  })()`);
  expect(drawn).toEqual([
    ['cab', 3],
    ['xayc', 2],
    ['', 0],
    ['ca', 0],
  ]);
});

test('what comes and goes beside a field leaves the field, its text and its focus alone', async ({ page }) => {
  const kept = await page.evaluate(`(() => {
    const form = (hint) => draw.render(h('form', null, hint && h('p', null, hint), h('input', { 'aria-label': 'x' })), document.body);
    form('');
    const field = document.querySelector('input');
    field.value = 'typed';
    field.focus();
    form('3 left');
    form(undefined);
    form('over');
    const same = document.querySelector('input') === field && document.activeElement === field;
    return [same, field.value, document.querySelector('p').textContent, document.querySelector('form').children.length];
  })()`);
  expect(kept).toEqual([true, 'typed', 'over', 2]);
});

test('attributes, properties, texts and handlers follow the drawing', async ({ page }) => {
  const seen = await page.evaluate(`(() => {
    const heard = [];
    const one = (props, ...inside) => draw.render(h('button', props, ...inside), document.body);
    const button = () => document.querySelector('button');
    const seen = [];
    const note = () => seen.push([button().getAttributeNames().sort().join(), button().textContent]);
    one({ class: 'a', disabled: true, 'aria-expanded': false, title: undefined, onClick: () => heard.push(1) }, 'one ', 2, false, null);
    note();
    one({ class: 'a', disabled: false, 'aria-expanded': true, onClick: () => heard.push(2) }, 'three');
    note();
    button().click();
    one({ 'aria-expanded': true });
    button().click();
    note();
    return [seen, heard];
  })()`);
  expect(seen).toEqual([
    [
      ['aria-expanded,class,disabled', 'one 2'],
      ['aria-expanded,class', 'three'],
      ['aria-expanded', ''],
    ],
    [2],
  ]);
});

test('a field shows what the drawing says, also after the visitor wrote something else', async ({ page }) => {
  const values = await page.evaluate(`(() => {
    const one = (value, checked) => draw.render([h('textarea', { value }), h('input', { type: 'checkbox', checked })], document.body);
    const [field, box] = [() => document.querySelector('textarea'), () => document.querySelector('input')];
    one('', false);
    field().value = 'typed';
    box().checked = true;
    one('', false);
    const first = [field().value, box().checked];
    one('draft', true);
    return [first, [field().value, box().checked]];
  })()`);
  expect(values).toEqual([
    ['', false],
    ['draft', true],
  ]);
});

test('components and fragments leave no trace; another component in a place is drawn anew', async ({ page }) => {
  const seen = await page.evaluate(`(() => {
    const Row = ({ name, children }) => h(draw.Fragment, null, h('dt', null, name), h('dd', null, children));
    const Calm = () => h('b', null, 'calm');
    const Loud = () => h('b', null, 'loud');
    const page = (Mood) => draw.render(h('dl', null, h(Row, { name: 'x' }, 'one', ' ', 'two'), h(Mood, null)), document.body);
    page(Calm);
    const before = document.querySelector('b');
    const text = document.querySelector('dl').innerHTML;
    page(Loud);
    return [text, document.querySelector('b') === before, document.querySelector('b').textContent];
  })()`);
  expect(seen).toEqual(['<dt>x</dt><dd>one two</dd><b>calm</b>', false, 'loud']);
});

test('refs run after the drawing: a lasting one once, a new one each time', async ({ page }) => {
  const seen = await page.evaluate(`(() => {
    const runs = [];
    const lasting = (element) => runs.push('lasting ' + element.isConnected);
    const one = () => draw.render(h('p', null, h('i', { ref: lasting }), h('b', { ref: () => runs.push('new') })), document.body);
    one();
    one();
    return runs;
  })()`);
  expect(seen).toEqual(['lasting true', 'new', 'new']);
});

test('drawings have their own namespace, custom properties their own place', async ({ page }) => {
  const seen = await page.evaluate(`(() => {
    draw.render(h('span', { style: { '--size': '4px' } }, h('svg', { viewBox: '0 0 24 24' }, h('path', { d: 'M0 0' }))), document.body);
    const path = document.querySelector('path');
    return [path instanceof SVGPathElement, path.parentNode.getAttribute('viewBox'), document.querySelector('span').style.getPropertyValue('--size')];
  })()`);
  expect(seen).toEqual([true, '0 0 24 24', '4px']);
});
