// A screen that is loaded when it is first shown; nothing is drawn until then.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazy<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let known: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (known) return;
      void load().then((loaded) => {
        known = loaded.default;
        redraw((count) => count + 1);
      });
    }, []);
    const Screen = known;
    return Screen ? <Screen {...props} /> : null;
  };
}
