/**
 * The part of Preact the chat window uses, at a quarter of its size; the build puts it in its place, because the whole
 * document must stay under 20 KB: components are functions of their properties, refs are functions and never hear of
 * an end, `style` knows custom properties only. What is drawn again is found by its path: keys, places and names of components.
 */

type Properties = Readonly<Record<string, unknown>>;
type Component = (properties: Properties) => unknown;

/** What JSX makes: an element or a component with its content. */
class Drawing {
  constructor(
    readonly tag: string | Component,
    readonly properties: Properties,
    readonly children: readonly unknown[],
  ) {}
}

/** An element or a text on the page. */
interface Drawn {
  readonly node: Node;
  properties: Properties;
  kids: ReadonlyMap<string, Drawn>;
}

const NONE: ReadonlyMap<string, Drawn> = new Map();
let root = NONE;
let later: (() => void)[] = [];

export function h(tag: string | Component, properties: Properties | null, ...children: unknown[]): Drawing {
  return new Drawing(tag, properties ?? {}, children);
}

export function Fragment({ children }: Properties): unknown {
  return children;
}

/** Brings the page to what the drawing says. */
export function render(drawing: unknown, parent: Node): void {
  root = arrange(parent, root, drawing);
  const refs = later;
  later = [];
  for (const ref of refs) ref();
}

/** Takes components and lists apart until only elements and texts are left, each under its path. */
function flatten(what: unknown, path: string, into: Map<string, Drawing | string>): void {
  if (Array.isArray(what)) {
    for (const [index, each] of what.entries()) {
      const key = each instanceof Drawing ? each.properties.key : undefined;
      flatten(each, `${path}${key === undefined ? `.${index}` : `:${key}`}`, into);
    }
  } else if (!(what instanceof Drawing)) {
    if (typeof what === 'string' || typeof what === 'number') into.set(path, `${what}`);
  } else if (typeof what.tag === 'string') {
    into.set(`${path}<${what.tag}`, what);
  } else {
    flatten(what.tag({ ...what.properties, children: what.children }), path + what.tag.name, into);
  }
}

function arrange(parent: Node, before: ReadonlyMap<string, Drawn>, content: unknown): ReadonlyMap<string, Drawn> {
  const wanted = new Map<string, Drawing | string>();
  const kids = new Map<string, Drawn>();
  flatten(content, '', wanted);
  for (const [path, { node }] of before) if (!wanted.has(path)) parent.removeChild(node);
  let next = parent.firstChild;
  for (const [path, drawing] of wanted) {
    const drawn = before.get(path) ?? make(drawing, parent);
    update(drawn, drawing);
    if (drawn.node === next) next = next.nextSibling;
    else parent.insertBefore(drawn.node, next);
    kids.set(path, drawn);
  }
  return kids;
}

function make(drawing: Drawing | string, parent: Node): Drawn {
  return { node: makeNode(drawing, parent), properties: {}, kids: NONE };
}

function makeNode(drawing: Drawing | string, parent: Node): Node {
  if (typeof drawing === 'string') return document.createTextNode(drawing);
  const tag = `${drawing.tag}`;
  return tag === 'svg' || parent instanceof SVGElement
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
}

function update(drawn: Drawn, drawing: Drawing | string): void {
  const { node, properties: before } = drawn;
  if (typeof drawing === 'string') {
    if (node.nodeValue !== drawing) node.nodeValue = drawing;
    return;
  }
  const { properties } = drawing;
  drawn.kids = arrange(node, drawn.kids, drawing.children);
  drawn.properties = properties;
  if (!(node instanceof Element)) return;
  for (const name in { ...before, ...properties }) {
    const value = properties[name];
    if (name === 'ref') {
      if (typeof value === 'function' && value !== before.ref) later.push(() => value(node));
    } else if (name === 'value' || name === 'checked') {
      // What the visitor did to a field is nowhere but in the field.
      if (Reflect.get(node, name) !== value) Reflect.set(node, name, value);
    } else if (value !== before[name]) {
      put(node, name, value);
    }
  }
}

function put(element: Element, name: string, value: unknown): void {
  if (name.startsWith('on')) Reflect.set(element, name.toLowerCase(), value);
  else if (name === 'style' && element instanceof HTMLElement) {
    for (const [property, text] of Object.entries(value ?? {})) element.style.setProperty(property, text);
  } else if (value === undefined || value === null || (value === false && !name.startsWith('aria'))) {
    element.removeAttribute(name);
  } else if (name !== 'key') element.setAttribute(name, value === true && !name.startsWith('aria') ? '' : `${value}`);
}
