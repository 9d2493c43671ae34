/** What the web can do, as data. Nobody rations it: the numbers are our own. */

import type { Capabilities } from '#src/platform/capabilities.ts';

export const webCapabilities: Capabilities = {
	budgets: {},
	overall: null,
	// Longer than any answer: none is ever cut in two.
	messageText: { limit: 1_000_000, unit: 'utf16-units' },
	drawsFormulas: true,
	// A stream holds back links, rows and fences until they are closed. Edits do not, and what goes over the line is their difference alone.
	stream: null,
	// A frame of a screen; it grows with the updates, up to fourfold (`src/delivery/reply-message.ts`).
	minEditIntervalMs: 16,
	// An edit costs nobody anything.
	firstTextWaitMs: 0,
	threads: ['direct'],
	// What was said is in the database, and nowhere else.
	readsThreads: false,
	readsMessages: [],
	linksMessages: [],
	files: null,
	listsFiles: [],
	knowsPeopleByPlace: false,
	listsMembers: false,
	// The API tells of files that are shared, as it does of questions.
	tells: [],
	// As far as they are not over. The same message has the same id whoever sends it, so none is ever shown twice.
	findsOwnMessages: true,
	activity: { lifetimeMs: 120_000, showsText: true },
	showsPrivateWordsInNewThreads: true,
	// The page has its own.
	suggestsPrompts: false,
};
