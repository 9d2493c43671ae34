/** What Teams can do and how often, as data; every number with the page of Microsoft Learn that it comes from. */

import type { Budget, Capabilities } from '#src/platform/capabilities.ts';

/**
 * "Optimize your bot: rate limiting": what one bot may send to one conversation. There is no figure for updates, deletions, the typing sign
 * and the chunks of a stream, so they count as sends, the strictest reading. A channel with all its threads is one conversation.
 */
const send: Budget = {
	scope: 'channel',
	bucket: 'send',
	windows: [
		{ limit: 7, windowMs: 1_000 },
		{ limit: 8, windowMs: 2_000 },
		{ limit: 60, windowMs: 30_000 },
		{ limit: 1_800, windowMs: 3_600_000 },
	],
};

/** The same page, "get conversation members". */
const members: Budget = {
	scope: 'channel',
	bucket: 'members',
	windows: [
		{ limit: 14, windowMs: 1_000 },
		{ limit: 16, windowMs: 2_000 },
		{ limit: 120, windowMs: 30_000 },
		{ limit: 3_600, windowMs: 3_600_000 },
	],
};

/** "Microsoft Graph service-specific throttling limits", Teams: five "GET channel message" a second and tenant. A thread takes two calls or more. */
const messages: Budget = { scope: 'tenant', bucket: 'messages', windows: [{ limit: 2, windowMs: 1_000 }] };

export const teamsCapabilities: Capabilities = {
	budgets: {
		post: send,
		edit: send,
		remove: send,
		'open-stream': send,
		'append-stream': send,
		'close-stream': send,
		'show-activity': send,
		'send-privately': send,
		'send-file': send,
		'open-chat': { ...send, bucket: 'create' }, // the same page, "create conversation"
		'look-up-person': members,
		'look-up-members': members,
		'read-thread': messages,
		'read-message': messages,
		'fetch-file': messages,
		'list-files': messages,
		'look-up-link': { ...members, bucket: 'conversations' }, // which group a team is; the same page as `members`, "get conversations"
	},
	// The same page: 50 requests a second per app and tenant; the check of credentials is not paced.
	overall: [{ limit: 45, windowMs: 1_000 }],
	// "Format your bot messages": about 100 KB in UTF-16 for everything in a message. This leaves room for the card that may carry the
	// text, for tables that grow when their columns are aligned, and for eyes.
	messageText: { limit: 20_000, unit: 'utf16-units' },
	stream: {
		// "Stream bot messages": one-to-one chats only.
		kinds: ['direct'],
		// The same page: two minutes from the first request to the final one, which needs some time of its own.
		maxLifetimeMs: 110_000,
		// The same page: one request a second. Tokens may be collected for longer, but only the next request tells that somebody pressed Stop.
		minIntervalMs: 1_050,
		// The same page: one request a second, the last one too; a little more, for requests arrive sooner and later than they were sent.
		minCallIntervalMs: 1_050,
		// After Stop the service takes nothing more for the message.
		endsWhenStopped: true,
	},
	// 1,800 sends an hour are one every two seconds for the whole conversation.
	minEditIntervalMs: 2_000,
	// No number of the platform: half of what readers take for at once.
	firstTextWaitMs: 150,
	threads: ['channel'],
	// With Graph it reads threads, and messages of channels, see `createTeamsAdapter`.
	readsThreads: false,
	readsMessages: [],
	linksMessages: ['group', 'channel'],
	files: null,
	// Nor does it list files without Graph.
	listsFiles: [],
	knowsPeopleByPlace: true,
	listsMembers: false,
	// Files and deletions come with messages, so where the app may read only what names it, only with those. Teams tells of no changes to files.
	tells: [
		'file-shared',
		'message-files-left',
		'member-joined',
		'member-left',
		'place-archived',
		'place-unarchived',
		'place-deleted',
		'place-renamed',
	],
	findsOwnMessages: false,
	// "Send a typing indicator" promises a few seconds and no figure; clients show it for about four. It says nothing of channels.
	activity: { lifetimeMs: 4_000, showsText: false, unsureIn: ['channel'] },
	showsPrivateWordsInNewThreads: true,
	suggestsPrompts: true,
};
