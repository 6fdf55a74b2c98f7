/** What stands around every page: the name, the ways in, who is signed in. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import styles from './layout.module.css';
import { Button } from './parts/button.tsx';
import { OfflineNotice } from './parts/offline.tsx';
import { showToast } from './parts/toast.tsx';
import { type Role, useSession } from './session.tsx';

const places: { path: string; label: string; roles: Role[] | 'everyone' }[] = [
  { path: '/settings/runner-context', label: 'Runner context', roles: ['RUNNER'] },
  { path: '/health', label: 'Health', roles: ['RUNNER'] },
  { path: '/training', label: 'Training', roles: ['RUNNER'] },
  { path: '/partners', label: 'Partners', roles: ['OPERATOR'] },
  { path: '/catalogue', label: 'Catalogue', roles: ['OPERATOR', 'COACH'] },
  { path: '/developers', label: 'Developers', roles: 'everyone' },
];

export function Layout({ children }: { children: ReactNode }) {
  const { viewer, signOut } = useSession();
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shownBefore = useRef(path);
  useEffect(() => {
    // A new page is announced by its heading, as a page load would be.
    if (shownBefore.current === path) return;
    shownBefore.current = path;
    main.current?.focus();
    window.scrollTo(0, 0);
  }, [path]);
  async function leave(): Promise<void> {
    try {
      await signOut();
    } catch {
      showToast('You are still signed in: the gateway cannot be reached.', 'bad');
    }
  }
  const open = places.filter(({ roles }) => roles === 'everyone' || roles.some((role) => role === viewer?.role));
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand}>
          <span className={styles.sash} aria-hidden="true" />
          Ekiden
        </Link>
        <nav className={styles.nav} aria-label="Pages">
          {open.map(({ path: href, label }) => (
            <Link
              key={href}
              href={href}
              className={styles.place}
              aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.who}>
          {viewer ? (
            <>
              <span className="quiet">
                {viewer.runner?.username ?? viewer.id}
                <span className={styles.role}> · {viewer.role.toLowerCase()}</span>
              </span>
              <Button kind="quiet" onClick={() => void leave()}>
                Sign out
              </Button>
            </>
          ) : (
            <Link href="/sign-in">Sign in</Link>
          )}
        </div>
      </header>
      <OfflineNotice />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </>
  );
}
