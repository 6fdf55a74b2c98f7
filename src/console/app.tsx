/** The console as one list: which address shows which page, and who may open it. */
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { Provider } from 'urql';
import { Route, Switch } from 'wouter';
import { createClient } from './client.ts';
import { Layout } from './layout.tsx';
import { PageBoundary } from './parts/boundary.tsx';
import { Loading } from './parts/states.tsx';
import { ToastRegion } from './parts/toast.tsx';
import { type Role, RoleGate, SessionProvider } from './session.tsx';

const pages: { path: string; page: ComponentType; roles?: Role[] }[] = [
  { path: '/', page: lazy(() => import('./pages/home/home.tsx')) },
  { path: '/sign-in', page: lazy(() => import('./pages/sign-in/sign-in.tsx')) },
  { path: '/developers', page: lazy(() => import('./pages/developers/developers.tsx')) },
  { path: '/settings/runner-context', page: lazy(() => import('./pages/runner-context/runner-context.tsx')), roles: ['RUNNER'] },
  { path: '/health', page: lazy(() => import('./pages/health/health.tsx')), roles: ['RUNNER'] },
  { path: '/training', page: lazy(() => import('./pages/training/training.tsx')), roles: ['RUNNER'] },
  { path: '/partners/*?', page: lazy(() => import('./pages/partners/partners.tsx')), roles: ['OPERATOR'] },
  { path: '/catalogue/*?', page: lazy(() => import('./pages/catalogue/catalogue.tsx')), roles: ['OPERATOR', 'COACH'] },
];

const NotFound = lazy(() => import('./pages/not-found/not-found.tsx'));

export function App() {
  const client = useMemo(createClient, []);
  return (
    <Provider value={client}>
      <SessionProvider>
        <Layout>
          <PageBoundary>
            <Suspense fallback={<Loading what="The page" />}>
              <Switch>
                {pages.map(({ path, page: Page, roles }) => (
                  <Route key={path} path={path}>
                    <RoleGate roles={roles}>
                      <Page />
                    </RoleGate>
                  </Route>
                ))}
                <Route>
                  <NotFound />
                </Route>
              </Switch>
            </Suspense>
          </PageBoundary>
        </Layout>
        <ToastRegion />
      </SessionProvider>
    </Provider>
  );
}
