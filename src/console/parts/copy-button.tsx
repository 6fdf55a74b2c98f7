/** Copies a text, and says that it did. */
import { useState } from 'react';
import { Button } from './button.tsx';

const saidMs = { copied: 2_000, refused: 8_000 };

/** Says how it went in its own place: news at the edge of the page lie behind an open dialog. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState<string | null>(null);
  function say(words: string, forMs: number): void {
    setSaid(words);
    setTimeout(() => setSaid(null), forMs);
  }
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers refuse the clipboard on pages without https, except on localhost.
      say('Not allowed here: select it and copy', saidMs.refused);
      return;
    }
    say('Copied', saidMs.copied);
  }
  return (
    <Button onClick={() => void copy()} aria-live="polite">
      {said ?? label}
    </Button>
  );
}
