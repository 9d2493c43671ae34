/** What Discord can do and how often, as data; every number with the page of docs.discord.com that it comes from. */

import type { Budget, Capabilities } from '#src/platform/capabilities.ts';

/**
 * "Rate Limits" gives no numbers and tells apps to read the headers of each answer. These are what the headers say for messages of a channel
 * (discord-api-docs issue 4413): five in five seconds, counted apart for new messages, edits and deletions.
 */
const fiveInFiveSeconds: Budget = { scope: 'channel', windows: [{ limit: 5, windowMs: 5_000 }] };

/** New messages, with files or without. */
const creates: Budget = { ...fiveInFiveSeconds, bucket: 'create' };
/** A message, for what it says or for the addresses of its files. */
const reads: Budget = { ...fiveInFiveSeconds, bucket: 'read' };

/** Messages in pages. */
const lists: Budget = { ...fiveInFiveSeconds, bucket: 'list' };

/** "Uploading Files": 10 MiB a file, where the guild's boosts do not lift that. */
export const mostFileBytes = 10 * 1_024 * 1_024;

export const discordCapabilities: Capabilities = {
	budgets: {
		post: creates,
		'send-file': creates,
		edit: fiveInFiveSeconds,
		remove: fiveInFiveSeconds,
		// "Trigger Typing Indicator" states no number; this is our own restraint.
		'show-activity': fiveInFiveSeconds,
		// Nor does "Get Channel Messages"; bots see the same five.
		'read-thread': lists,
		'list-files': lists,
		'read-message': reads,
		'fetch-file': reads,
		// "Create DM" warns of opening many at once, without a number.
		'open-chat': { scope: 'tenant', windows: [{ limit: 5, windowMs: 5_000 }] },
		// One question takes up to four calls, of which `overall` counts one. Our own restraint, so that they fit into what that leaves.
		'look-up-members': { scope: 'tenant', windows: [{ limit: 5, windowMs: 1_000 }] },
	},
	// "Rate Limits": 50 requests a second for the whole bot. The rest is for threads, which are not paced.
	overall: [{ limit: 45, windowMs: 1_000 }],
	// "Create Message", content: 2,000 characters. Counted in UTF-16 units we are never above.
	messageText: { limit: 2_000, unit: 'utf16-units' },
	// Discord has no native streams: answers grow by edits.
	stream: null,
	// Five edits in five seconds, and a little room.
	minEditIntervalMs: 1_100,
	// No number of the platform: half of what readers take for at once.
	firstTextWaitMs: 150,
	// Replies form chains in the channels of a guild. A Discord thread is a channel of its own, and so is a direct conversation.
	threads: ['channel'],
	readsThreads: true,
	readsMessages: ['direct', 'channel'],
	linksMessages: ['direct', 'channel'],
	files: { kinds: ['direct', 'channel'], maxBytes: mostFileBytes },
	listsFiles: ['direct', 'channel'],
	knowsPeopleByPlace: false,
	listsMembers: false,
	// Of members Discord tells only with the privileged intent for them. Threads alone are archived.
	tells: [
		'file-shared',
		'message-files-left',
		'place-archived',
		'place-unarchived',
		'place-deleted',
		'place-made-private',
		'place-made-public',
		'place-renamed',
		'app-removed',
	],
	findsOwnMessages: true,
	// "Trigger Typing Indicator": typing shows for ten seconds, or until the bot's next message. It can say nothing else.
	activity: { lifetimeMs: 10_000, showsText: false },
	showsPrivateWordsInNewThreads: true,
	suggestsPrompts: false,
};
