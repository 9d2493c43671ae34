/** What the page of a release says. */

import { expect, test } from 'vitest';
import { notesOf } from '../../../scripts/release/changelog.mjs';

const changelog = `# Changelog

What changes.

## [Unreleased]

## [1.2.0] - 2026-12-01

### Added

- A door.

## [1.1.0] - 2026-11-01

- A wall, see [1.0.0].
`;

test('is what the changelog has under the version, and nothing of its neighbours', () => {
	expect(notesOf(changelog, '1.2.0')).toBe('### Added\n\n- A door.');
	expect(notesOf(changelog, '1.1.0')).toBe('- A wall, see [1.0.0].');
});

test('is nothing where the version has no words of its own', () => {
	expect(notesOf(changelog, 'Unreleased')).toBeNull();
	expect(notesOf(changelog, '1.2')).toBeNull();
	expect(notesOf(changelog, '1.3.0')).toBeNull();
});
