import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };

/** Licences that ask for no more than to be named. */
const permissive = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense'];

/** What is not under one of them and was accepted, with the reason. */
const accepted: Record<string, string> = {
  // Prisma Studio, a page of the `prisma` command, draws with it. Nothing of ours loads or changes it.
  elkjs: 'EPL-2.0',
};

/** By name: what `npm ci --omit=dev` installs, and under which licence its own package.json says it is. */
const installed = Object.entries(packages)
  .filter(([folder, { dev }]) => folder !== '' && !dev)
  .map(([folder, { license = 'unknown' }]) => ({ name: folder.replace(/^.*node_modules\//, ''), license }));

const isPermissive = (license: string): boolean => {
  const choices = license.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(/ AND | and /).every((part) => permissive.includes(part)));
};

it('everything that is installed to run the gateway is under a permissive licence, or named here with its reason', () => {
  expect(installed.length).toBeGreaterThan(100);
  const others = installed.filter(({ license }) => !isPermissive(license)).map(({ name, license }): [string, string] => [name, license]);
  expect(Object.fromEntries(others)).toEqual(accepted);
});

it.each(['GPL-3.0', 'AGPL-3.0-only', 'UNLICENSED', 'SEE LICENSE IN LICENSE', 'MIT AND GPL-2.0', 'unknown'])(
  '%s is not permissive',
  (license) => {
    expect(isPermissive(license)).toBe(false);
  },
);
