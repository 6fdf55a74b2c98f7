/** The judge of the storm finds what it is there to find: an answer that was true at no moment of its request. */
import { describe, expect, it } from 'vitest';
import { createJudge } from '../support/chaos/judge.ts';
import { questionOf } from '../support/chaos/questions.ts';
import { type Change, createStates } from '../support/chaos/states.ts';

const stampOf = (second: number) => `2027-03-01T12:00:0${second}.000Z`;

function change(id: string, version: number, second: number, more: Partial<Change> = {}): Change {
  const document = { id, name: `${id} ${version}`, category: 'EASY', version, updatedAt: stampOf(second) };
  const standing = { visible: true, removedVersion: null, removedReason: null, status: 'ACTIVE' };
  return { list: 'workout-templates', id, version, stamp: stampOf(second), document, searchText: document.name, ...standing, ...more };
}

const gone = { visible: false, status: 'ARCHIVED', removedReason: 'ARCHIVED' };
const leaving = change('a', 3, 4, { ...gone, removedVersion: 3 });

const states = createStates();
states.append([change('a', 1, 1), change('b', 1, 2)]);
// Version 2 of b is only passed through.
states.append([change('a', 2, 3), change('b', 2, 4), change('b', 3, 5)]);
states.append([{ ...leaving, stamp: stampOf(6) }]);
states.append([change('c', 1, 7, { visible: false, status: 'DRAFT' })]);
const judge = createJudge(states);

const page = (ids: [string, number][], more: object = {}) => ({
  data: ids.map(([id, version]) => states.version(id, version)?.document),
  total: ids.length,
  ...more,
});

const faultOf = (path: string, body: unknown, first: number, last: number, status = 200) => {
  const question = questionOf(new URL(`http://gateway.example/api/workout-templates${path}`));
  return question && judge.faultOf(question, status, body, { first, last });
};

const stateOne: [string, number][] = [
  ['b', 1],
  ['a', 1],
];
const stateTwo: [string, number][] = [
  ['b', 3],
  ['a', 2],
];

describe('a page', () => {
  it('is right when one of the states of its request has it', () => {
    expect(faultOf('', page(stateOne), 1, 1)).toBeNull();
    expect(faultOf('', page(stateOne), 1, 3)).toBeNull();
    expect(faultOf('', page(stateTwo), 1, 3)).toBeNull();
  });

  it('is stale when only an earlier state has it, and out of nowhere when only a later one has', () => {
    expect(faultOf('', page(stateOne), 2, 4)).toMatch(/^unexplained/);
    expect(faultOf('', page(stateTwo), 1, 1)).toMatch(/^unexplained/);
  });

  it('is wrong when it mixes two states, lacks a row, has another order, total, next or removal', () => {
    const mixed: [string, number][] = [
      ['b', 3],
      ['a', 1],
    ];
    expect(faultOf('', page(mixed), 1, 4)).toMatch(/^unexplained/);
    expect(faultOf('', page([['b', 3]], { total: 2 }), 2, 2)).toMatch(/^unexplained/);
    expect(faultOf('', page([...stateTwo].reverse()), 2, 2)).toMatch(/^unexplained/);
    expect(faultOf('', page(stateTwo, { total: 3 }), 2, 2)).toMatch(/a total of 3/);
    expect(faultOf('', page(stateTwo, { next: 'http://gateway.example/' }), 2, 2)).toMatch(/^unexplained/);
    const removed = [{ id: 'a', version: 3, updatedAt: stampOf(6), reason: 'ARCHIVED' }];
    expect(faultOf('?includeRemoved=true', page([['b', 3]], { removed, total: 2 }), 3, 4)).toBeNull();
    expect(faultOf('?includeRemoved=true', page([['b', 3]], { removed: [], total: 1 }), 3, 4)).toMatch(/^unexplained/);
    expect(faultOf('', page([['b', 3]], { removed }), 3, 4)).toMatch(/^unexplained/);
  });

  it('has no row that was never committed, never visible, only passed through, or told otherwise than it was', () => {
    const phantom = { id: 'z', version: 1, updatedAt: stampOf(1) };
    expect(faultOf('', { data: [phantom], total: 1 }, 1, 4)).toMatch(/^phantom.*never committed/);
    expect(faultOf('', page([['c', 1]]), 1, 4)).toMatch(/^phantom.*never visible/);
    expect(faultOf('', page([['b', 2]]), 1, 4)).toMatch(/^phantom.*never visible/);
    const inexact = { ...states.version('b', 3)?.document, name: 'another' };
    expect(faultOf('', { data: [inexact], total: 1 }, 3, 4)).toMatch(/^inexact/);
  });
});

describe('one row', () => {
  it('is right at the version of one of the states, and 404 only while it is not visible', () => {
    expect(faultOf('/a', states.version('a', 2)?.document, 2, 2)).toBeNull();
    expect(faultOf('/a', states.version('a', 1)?.document, 2, 3)).toMatch(/^unexplained/);
    expect(faultOf('/a', states.version('a', 2)?.document, 3, 4)).toMatch(/^unexplained/);
    expect(faultOf('/a', null, 3, 4, 404)).toBeNull();
    expect(faultOf('/a', null, 1, 2, 404)).toMatch(/^unexplained/);
  });
});

it('a history with gaps, or with stamps that do not rise with the commits, is a fault of its own', () => {
  expect(states.faults).toEqual([]);
  const broken = createStates();
  broken.append([change('a', 1, 2)]);
  broken.append([change('b', 1, 1)]);
  broken.append([change('a', 3, 3)]);
  expect(broken.faults).toEqual([expect.stringContaining('b got the stamp'), 'version 3 of a is out of order']);
});
