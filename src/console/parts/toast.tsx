/** Short news at the edge of the page, read out by screen readers; may offer to undo what it tells of. */
import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import styles from './toast.module.css';

interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
  undo?: () => void;
}

const shownMs = { plain: 6_000, withUndo: 12_000 };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of listeners) changed();
}

export function showToast(text: string, tone: Toast['tone'] = 'good', undo?: () => void): void {
  const id = ++lastId;
  set([...toasts.slice(-2), { id, text, tone, ...(undo && { undo }) }]);
  setTimeout(() => hide(id), undo || tone === 'bad' ? shownMs.withUndo : shownMs.plain);
}

const hide = (id: number) => set(toasts.filter((toast) => toast.id !== id));

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map(({ id, text, tone, undo }) => (
        <div key={id} className={`${styles.toast} ${styles[tone]}`}>
          <span>{text}</span>
          {undo && (
            <Button
              kind="quiet"
              onClick={() => {
                hide(id);
                undo();
              }}
            >
              Undo
            </Button>
          )}
          <Button kind="quiet" aria-label="Dismiss" onClick={() => hide(id)}>
            ×
          </Button>
        </div>
      ))}
    </div>
  );
}
