// Dropping a file anywhere on a screen.
import { useRef, useState } from 'preact/hooks';

interface Drop {
  isOver: boolean;
  ears: {
    onDragEnter: (event: DragEvent) => void;
    onDragOver: (event: DragEvent) => void;
    onDragLeave: () => void;
    onDrop: (event: DragEvent) => void;
  };
}

export function useDrop(onFile: (file: File) => void): Drop {
  const [isOver, setOver] = useState(false);
  /** Entering a part of the screen leaves another one. */
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  return {
    isOver,
    ears: {
      onDragEnter: (event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event) => {
        // Without this the browser would open the file.
        if (hasFiles(event)) event.preventDefault();
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) end();
      },
      onDrop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        end();
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      },
    },
  };
}
