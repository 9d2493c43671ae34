/** Every manifest, from the one description of the bot: those in the repository, and those of one installation. */

import { programVersion } from '#src/build.ts';
import { type BotDescription, botDescription } from '#src/commands/description.ts';
import { discordCommands } from '../../adapters/discord/commands.ts';
import { formatJson } from './format-json.ts';
import { type SlackApp, slackManifest } from './slack-manifest.ts';
import type { TeamsApp } from './teams-manifest.ts';
import { teamsFiles, teamsPackage } from './teams-package.ts';
import type { Files } from './write-files.ts';

/** What differs from one installation to the next. */
export interface Installation {
	/** Where Slack and Teams reach the bot, without a trailing slash. */
	publicUrl: string;
	slack: SlackApp;
	teams: Omit<TeamsApp, 'publicUrl'> | null;
}

/** What administrators replace by their own. */
const example: TeamsApp = {
	appId: '00000000-0000-0000-0000-000000000000',
	version: programVersion,
	publicUrl: 'https://openccb.example.com',
	companyUrl: 'https://openccb.example.com',
	readsAllMessages: false,
};

/** What lies in `manifests/`, with an example's address and id. */
export function committedManifests(description: BotDescription = botDescription): Files {
	const teams = teamsFiles(description, example);
	return {
		'manifests/slack.json': formatJson(slackManifest(description, example.publicUrl)),
		...Object.fromEntries(Object.entries(teams).map(([name, content]) => [`manifests/teams/${name}`, content])),
		'manifests/teams.zip': teamsPackage(teams),
		'manifests/discord-commands.json': formatJson(discordCommands(description)),
	};
}

/** What administrators of one installation upload. */
export function installationManifests({ publicUrl, slack, teams }: Installation): Files {
	return {
		'slack.json': formatJson(slackManifest(botDescription, publicUrl, slack)),
		...(teams === null ? {} : { 'teams.zip': teamsPackage(teamsFiles(botDescription, { ...teams, publicUrl })) }),
	};
}
