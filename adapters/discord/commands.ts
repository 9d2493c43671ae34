/** The bot's commands as Discord registers them, and the link that invites the bot with the permissions it needs. Pure. */

import type { LocalizationMap, RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import type { ArgumentDescription, BotDescription, CommandDescription } from '#src/commands/description.ts';
import type { Translated } from '#src/locales/locales.ts';

/** Numbers of Discord's "Application Commands" and "Application" pages. */
const chatInput = 1;
const messageMenu = 3;
const subcommand = 1;
const stringOption = 3;
const integerOption = 4;
const guildInstall = 0;
const inGuild = 0;
const inDirectMessage = 1;

/**
 * What `PUT /applications/{id}/commands` takes: all commands at once, so that those that are gone go there too.
 *
 * `/ccb` has a subcommand for each command, and a message's menu has entries to ask about that message and to offer its files. Commands of administrators stand
 * under a root of their own (`/ccb-admin`), since permissions are given to a whole root; in a server Discord shows that one to the server's
 * administrators only, until its owner decides otherwise, and in direct messages to everybody. Who may run them is decided when they run.
 *
 * The gateway must be opened with the intents Guilds (1 << 0), Guild Messages (1 << 9), Direct Messages (1 << 12) and Message Content
 * (1 << 15, privileged: switched on in the developer portal, page "Bot"); together 37377. Commands themselves need none of them.
 */
export function discordCommands(description: BotDescription): RESTPutAPIApplicationCommandsJSONBody {
	const { rootCommand, commandsTitle, askAboutMessage, takeFiles } = description;
	const forEveryone = description.commands.filter(({ audience }) => audience === 'everyone');
	const forAdministrators = description.commands.filter(({ audience }) => audience === 'administrators');
	const where = { contexts: [inGuild, inDirectMessage], integration_types: [guildInstall] };
	const root = { type: chatInput, ...described(commandsTitle), ...where };
	return [
		{ name: rootCommand, ...root, options: forEveryone.map(asSubcommand) },
		...(forAdministrators.length === 0
			? []
			: [{ name: `${rootCommand}-admin`, ...root, default_member_permissions: '0', options: forAdministrators.map(asSubcommand) }]),
		{ type: messageMenu, ...named(askAboutMessage), ...where },
		{ type: messageMenu, ...named(takeFiles), ...where },
	];
}

/** Bits of Discord's "Permissions" page. Mentioning everyone is not among them, so that no text of a model can do it. */
export const discordPermissions = {
	viewChannel: 1n << 10n,
	sendMessages: 1n << 11n,
	embedLinks: 1n << 14n,
	attachFiles: 1n << 15n,
	readMessageHistory: 1n << 16n,
	useApplicationCommands: 1n << 31n,
	createPublicThreads: 1n << 35n,
	sendMessagesInThreads: 1n << 38n,
};

/**
 * The page on which the owner of a server adds the bot to it.
 * @param applicationId As the developer portal shows it, page "General Information".
 */
export function discordInviteUrl(applicationId: string): string {
	const url = new URL('https://discord.com/oauth2/authorize');
	url.searchParams.set('client_id', applicationId);
	url.searchParams.set('scope', 'bot applications.commands');
	url.searchParams.set('integration_type', String(guildInstall));
	url.searchParams.set('permissions', String(Object.values(discordPermissions).reduce((all, bit) => all | bit, 0n)));
	return url.href;
}

function asSubcommand({ names, about, arguments: declared }: CommandDescription) {
	// Those that may be left out stand behind the others.
	const options = declared.toSorted((one, other) => Number(one.mayBeLeftOut) - Number(other.mayBeLeftOut)).map(asOption);
	return { type: subcommand, ...named(names), ...described(about), ...(options.length === 0 ? {} : { options }) };
}

function asOption({ names, about, mayBeLeftOut, isCompleted, choices, range }: ArgumentDescription) {
	return {
		type: range === null ? stringOption : integerOption,
		...named(names),
		...described(about),
		required: !mayBeLeftOut,
		...(isCompleted ? { autocomplete: true } : {}),
		...(choices === null ? {} : { choices: choices.map(({ value, names: shown }) => ({ ...named(shown), value })) }),
		...(range === null ? {} : { min_value: range.least, max_value: range.most }),
	};
}

function named(names: Translated): { name: string; name_localizations: LocalizationMap } {
	return { name: names.en, name_localizations: inSpanish(names) };
}

function described(about: Translated): { description: string; description_localizations: LocalizationMap } {
	return { description: about.en, description_localizations: inSpanish(about) };
}

/** Spain and Latin America; whoever reads another language sees English. */
function inSpanish(text: Translated): LocalizationMap {
	return { 'es-ES': text.es, 'es-419': text.es };
}
