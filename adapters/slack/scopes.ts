/** What the Slack app may do: the manifest asks for these, and the doctor compares them with what was granted. */

/** Without it roles cannot follow user groups, and groups that are mentioned have no names; all else goes on as before. */
export const groupScope = 'usergroups:read';

/** Wanted only where accounts are linked by e-mail; the manifest asks for it on demand. */
export const emailScope = 'users:read.email';

/** Each scope with what it is for; an administrator reads this list before they install the app. */
export const slackScopes: readonly string[] = [
	'app_mentions:read', // mentions
	'assistant:write', // status line, suggested prompts
	'channels:history', // threads the bot takes part in, public channels
	'groups:history', // the same, private channels
	'im:history', // direct messages
	'mpim:history', // group messages
	'channels:read', // what public channels are called, and who is in them
	'groups:read', // who is in private channels
	'im:write', // direct messages that the bot begins
	'im:read', // whose a direct message is
	'mpim:read', // who is in group messages
	'chat:write', // answers
	'commands', // /ccb
	'users:read', // names, language, guests
	'files:read', // files shared where the bot is
	'files:write', // files that the bot makes
	groupScope,
];
