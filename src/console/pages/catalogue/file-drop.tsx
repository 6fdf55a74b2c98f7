/** A place to drop a file on, which also opens the dialog to choose one. */
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import styles from './import.module.css';

export function FileDrop({ busy, take }: { busy: boolean; take: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  function drop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !busy) take(file);
  }
  return (
    <fieldset
      aria-label="Where the file comes from"
      className={`${styles.drop} ${isOver ? styles.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <p className={styles.dropTitle}>Drop a catalogue file here</p>
      <Button kind="primary" busy={busy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="visually-hidden"
        aria-label="Catalogue file"
        tabIndex={-1}
        disabled={busy}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file may be chosen again, after it was mended.
          target.value = '';
          if (file) take(file);
        }}
      />
    </fieldset>
  );
}
