/** The heading of a page, which is also the title of the window. */
import { type ReactNode, useEffect } from 'react';

interface Props {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, about, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Ekiden`;
  }, [title]);
  return (
    <header className="row spread">
      <div className="stack-tight">
        <h1>{title}</h1>
        {about && <p className="quiet">{about}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </header>
  );
}
