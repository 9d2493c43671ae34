/** What changed in a view since it was last sent, and how the page takes it in: a streamed answer costs one small message per step. */

import type { Change, Section, View } from './wire.ts';

/** The entries that a page already has, as JSON. */
export type Sent = ReadonlyMap<string, string>;

/** Compares by JSON; the order of the changes follows the order of the view's entries. */
export function changesSince(sent: Sent, view: View): { changes: Change[]; sent: Sent } {
	const now = new Map<string, string>();
	const changes: Change[] = [];
	for (const section of Object.keys(view) as Section[]) {
		for (const [key, value] of Object.entries(view[section])) {
			const id = `${section}/${key}`;
			const json = JSON.stringify(value);
			now.set(id, json);
			if (sent.get(id) !== json) changes.push({ section, key, value });
		}
	}
	for (const id of sent.keys()) if (!now.has(id)) changes.push(removalOf(id));
	return { changes, sent: now };
}

export function emptyView(): View {
	return { about: {}, people: {}, places: {}, messages: {}, activities: {}, prompts: {}, calls: {}, replies: {} };
}

/** The view with the changes applied; sections and entries without changes stay the same objects. */
export function applyChanges(view: View, changes: readonly Change[]): View {
	const next: View = { ...view };
	const copied = new Set<string>();
	for (const { section, key, value } of changes) {
		if (!copied.has(section)) {
			copied.add(section);
			Object.assign(next, { [section]: { ...next[section] } });
		}
		if (value === null) delete next[section][key];
		else Object.assign(next[section], { [key]: value });
	}
	return next;
}

function removalOf(id: string): Change {
	const slash = id.indexOf('/');
	return { section: id.slice(0, slash) as Section, key: id.slice(slash + 1), value: null };
}
