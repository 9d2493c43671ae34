/** What Slack can do and how often, as data; every number with the page of docs.slack.dev that it comes from. */

import type { Budget, Capabilities, SharedLimit } from '#src/platform/capabilities.ts';

/** Slack counts by minute. "Rate limits": tier 2 is 20+, tier 3 is 50+, tier 4 is 100+ a minute, per method, workspace and app. */
const perMinute = (limit: number): Budget => ({ scope: 'tenant', windows: [{ limit, windowMs: 60_000 }] });

/**
 * "chat.postMessage", rate limiting: the workspace takes several hundred messages a minute together; how many, nobody is told. We begin with more
 * than these words can mean and learn the rest; what is refused after fewer than a hundred has another reason. Twenty in one second are our own
 * restraint beyond that hundred: no more can be on their way when the first one is refused.
 */
const postsOfWorkspace: SharedLimit = {
	windows: [
		{ limit: 20, windowMs: 1_000 },
		{ limit: 600, windowMs: 60_000 },
	],
	promised: 100,
};

/** conversations.replies, tier 3, of which long threads take several calls, and so does looking for the bot's own messages after a crash. */
const replies: Budget = { ...perMinute(40), bucket: 'replies' };

/** "Working with files": 1 GB at most. */
export const mostFileBytes = 1_000_000_000;

export const slackCapabilities: Capabilities = {
	budgets: {
		// "Rate limits", chat.postMessage: about one a second per channel. Short bursts are tolerated, but nowhere promised.
		post: { scope: 'channel', windows: [{ limit: 1, windowMs: 1_000 }], together: postsOfWorkspace },
		edit: perMinute(50), // chat.update, tier 3
		remove: perMinute(50), // chat.delete, tier 3
		'open-stream': perMinute(20), // chat.startStream, tier 2
		'append-stream': perMinute(100), // chat.appendStream, tier 4
		'close-stream': perMinute(20), // chat.stopStream, tier 2
		// assistant.threads.setStatus has a special limit without a published number. Our own restraint: everybody of a crowd of 500 has a sign.
		'show-activity': perMinute(600),
		'send-privately': perMinute(100), // chat.postEphemeral, tier 4
		'send-file': perMinute(100), // files.getUploadURLExternal and files.completeUploadExternal, tier 4 each
		'open-chat': perMinute(50), // conversations.open, tier 3
		// Groups come from one list that the adapter keeps and asks for at a pace of its own (groups.ts), so 'look-up-groups' is not rationed.
		'look-up-person': perMinute(80), // users.info, tier 4; the rest is for the names of those who are mentioned
		'look-up-members': perMinute(60), // conversations.members, tier 4; the rest is for channels of more than a thousand
		'look-up-place': perMinute(40), // conversations.info, tier 3; the rest is for the names of channels (names.ts)
		'read-thread': replies,
		'read-message': replies,
		// conversations.history and conversations.replies, tier 3 each: the rest of the latter is for threads that somebody waits for.
		'list-files': perMinute(10),
	},
	overall: null,
	// A streamed message fails somewhere between 10,600 and 11,300 bytes in all (undocumented); markdown text is capped at 12,000 characters.
	messageText: { limit: 9_000, unit: 'utf8-bytes' },
	messageStructure: {
		// "Markdown block": one "may result in multiple blocks after translation"; "chat.appendStream", msg_blocks_too_many: 50 a message. Four
		// are for sources, their passages, thumbs and buttons, three for what we say ourselves.
		parts: 43,
		// "Section block", text: 3,000 characters.
		partCharacters: 3_000,
		// "Table block": 100 rows.
		tableRows: 100,
	},
	stream: {
		kinds: ['direct', 'group', 'channel'],
		// Streams die after about five minutes even while text arrives (node-slack-sdk issue 2702).
		maxLifetimeMs: 240_000,
		minIntervalMs: 700,
		// Nothing is said of single streams beside the budgets above.
		minCallIntervalMs: 0,
		endsWhenStopped: false,
	},
	// 50 edits a minute are one every 1.2 s for the whole workspace.
	minEditIntervalMs: 1_200,
	// No number of the platform: half of what readers take for at once.
	firstTextWaitMs: 150,
	threads: ['direct', 'group', 'channel'],
	readsThreads: true,
	readsMessages: ['direct', 'group', 'channel'],
	linksMessages: ['direct', 'group', 'channel'],
	files: { kinds: ['direct', 'group', 'channel'], maxBytes: mostFileBytes },
	listsFiles: ['direct', 'group', 'channel'],
	knowsPeopleByPlace: false,
	listsMembers: true,
	tells: [
		'file-shared',
		'message-files-left',
		'file-changed',
		'file-removed',
		'member-joined',
		'member-left',
		'place-archived',
		'place-unarchived',
		'place-deleted',
		'place-made-private',
		'place-made-public',
		'place-shared',
		'place-unshared',
		'place-renamed',
		'app-removed',
	],
	findsOwnMessages: true,
	// "assistant.threads.setStatus": a status goes when the app posts, or after two minutes.
	activity: { lifetimeMs: 120_000, showsText: true },
	// chat.postEphemeral into a thread that has no replies is shown to nobody.
	showsPrivateWordsInNewThreads: false,
	suggestsPrompts: true,
};
