/** Says when the browser has no connection, for as long as that lasts. */
import { useSyncExternalStore } from 'react';
import { Notice } from './states.tsx';

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

export function OfflineNotice() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <Notice tone="warn" title="You are offline">
      <p>What you see may be old, and changes cannot be saved until the connection is back.</p>
    </Notice>
  );
}
