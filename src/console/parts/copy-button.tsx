/** Copies a text, and says that it did. */
import { useState } from 'react';
import { Button } from './button.tsx';
import { showToast } from './toast.tsx';

const saidMs = 2_000;

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers refuse the clipboard on pages without https, except on localhost.
      showToast('The browser did not allow copying. Select the text and copy it yourself.', 'bad');
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), saidMs);
  }
  return (
    <Button onClick={() => void copy()} aria-live="polite">
      {copied ? 'Copied' : label}
    </Button>
  );
}
