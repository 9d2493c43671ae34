/** The Teams app as `manifests/teams/` describes it ("App manifest", schema 1.30), and its texts in Spanish. */

import type { BotDescription } from '#src/commands/description.ts';
import type { Language } from '#src/locales/locales.ts';
import { brandColour } from './icon.ts';

export interface TeamsApp {
	/** Application (client) id of the bot's registration in Microsoft Entra. */
	appId: string;
	/** Higher with every package that replaces one; `1.2.3`. */
	version: string;
	/** Where Teams reaches the bot, without a trailing slash. */
	publicUrl: string;
	/** A page of the company about this app, its privacy and its terms. */
	companyUrl: string;
	/** Whether the bot is sent every message of the teams and group chats it is in, not only those that mention it. */
	readsAllMessages: boolean;
}

const schemaFolder = 'https://developer.microsoft.com/json-schemas/teams/v1.30';
/** The schema's limit for one list. */
const commandsPerList = 12;

export function teamsManifest(description: BotDescription, app: TeamsApp): object {
	const { appId, version, publicUrl, companyUrl } = app;
	return {
		$schema: `${schemaFolder}/MicrosoftTeams.schema.json`,
		manifestVersion: '1.30',
		version,
		id: appId,
		localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'es', file: 'es.json' }] },
		developer: { name: description.name, websiteUrl: companyUrl, privacyUrl: companyUrl, termsOfUseUrl: companyUrl },
		name: { short: description.name, full: description.name },
		description: { short: description.summary.en, full: description.about.en },
		icons: { color: 'color.png', outline: 'outline.png' },
		accentColor: brandColour,
		defaultInstallScope: 'personal',
		defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
		bots: [
			{
				botId: appId,
				scopes: ['personal', 'team', 'groupChat'],
				// Files that people send in a personal chat; elsewhere Teams gives bots none.
				supportsFiles: true,
				// Slash commands reach the bot unseen by others, and only its answer's reader sees that.
				supportsTargetedMessages: true,
				commandLists: commandLists(description, 'en'),
			},
		],
		// No single sign-on; it lets administrators see and grant what the bot's registration asks for. `resource` must not be empty.
		webApplicationInfo: { id: appId, resource: `api://botid-${appId}` },
		validDomains: [new URL(publicUrl).hostname],
		...(app.readsAllMessages ? { authorization: { permissions: { resourceSpecific: allMessages } } } : {}),
	};
}

/** Every text that people read, in another language, by its place in the manifest ("Localize your app"). */
export function teamsTexts(description: BotDescription, language: Language): object {
	const commands = commandLists(description, language).flatMap((list, listIndex) =>
		list.commands.flatMap(({ title, description: about, prompt }, index) => {
			const place = `bots[0].commandLists[${listIndex}].commands[${index}]`;
			const texts = { [`${place}.title`]: title, [`${place}.description`]: about, [`${place}.prompt`]: prompt };
			return Object.entries(texts).filter(([, text]) => text !== undefined);
		}),
	);
	return {
		$schema: `${schemaFolder}/MicrosoftTeams.Localization.schema.json`,
		'name.short': description.name,
		'name.full': description.name,
		'description.short': description.summary[language],
		'description.full': description.about[language],
		...Object.fromEntries(commands),
	};
}

interface CommandList {
	scopes: string[];
	triggers?: string[];
	commands: { title: string; description: string; type?: 'prompt'; prompt?: string }[];
}

/** "Resource-specific consent": given by the owner of a team or chat when they add the app. */
const allMessages = ['ChannelMessage.Read.Group', 'ChatMessage.Read.Chat'].map((name) => ({ name, type: 'Application' }));

/**
 * One list for each kind of conversation, as Teams wants them, and the same for everybody: so without the commands of administrators. Those,
 * and what finds no room in a list, can be typed.
 */
function commandLists({ commands, prompts }: BotDescription, language: Language): CommandList[] {
	const basic = commands
		.filter(({ audience }) => audience === 'everyone')
		.map(({ spoken, about }) => ({ title: spoken[language], description: about[language] }));
	const starters = prompts[language].map(({ title, message }) => ({
		title,
		description: message,
		type: 'prompt' as const,
		prompt: message,
	}));
	return [
		{ scopes: ['team', 'groupChat'], triggers: ['mention', 'slash'], commands: basic.slice(0, commandsPerList) },
		{ scopes: ['personal'], commands: [...basic, ...starters].slice(0, commandsPerList) },
	];
}
