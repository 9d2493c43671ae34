/** The Slack app as `manifests/slack.json` describes it ("App manifest reference"): what the adapter listens to and may do, and nothing more. */

import type { BotDescription } from '#src/commands/description.ts';
import { emailScope, slackScopes } from '../../adapters/slack/scopes.ts';
import { takeFilesCallback } from '../../adapters/slack/shortcuts.ts';
import { brandColour } from './icon.ts';

const events = [
	'agent_session_stopped',
	'app_home_opened',
	'app_mention',
	'app_uninstalled',
	'channel_archive',
	'channel_deleted',
	'channel_left',
	'channel_rename',
	'channel_shared',
	'channel_unarchive',
	'channel_unshared',
	'file_change',
	'file_deleted',
	'group_archive',
	'group_deleted',
	'group_left',
	'group_rename',
	'group_unarchive',
	'member_joined_channel',
	'member_left_channel',
	'message.channels',
	'message.groups',
	'message.im',
	'message.mpim',
	'subteam_created',
	'subteam_members_changed',
	'subteam_updated',
	'team_join',
	'user_change',
];

export interface SlackApp {
	/** Lets the bot see e-mail addresses, so that accounts can be linked by them. */
	readsEmails: boolean;
}

/** @param publicUrl Where Slack reaches the bot; unused in Socket Mode, but the manifest wants one. */
export function slackManifest(description: BotDescription, publicUrl: string, app: SlackApp = { readsEmails: false }): object {
	const requestUrl = `${publicUrl}/slack/events`;
	return {
		display_information: {
			name: description.name,
			description: description.summary.en,
			background_color: brandColour,
		},
		features: {
			app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
			bot_user: { display_name: description.name, always_online: true },
			agent_view: {
				agent_description: description.about.en,
				suggested_prompts: description.prompts.en,
			},
			slash_commands: [
				{
					command: `/${description.rootCommand}`,
					url: requestUrl,
					description: description.commandsTitle.en,
					usage_hint: description.commands.map(({ name }) => name).join(' | '),
					should_escape: true,
				},
			],
			shortcuts: [
				{
					name: description.takeFiles.en,
					type: 'message',
					callback_id: takeFilesCallback,
					description: description.takeFilesAbout.en,
				},
			],
		},
		oauth_config: { scopes: { bot: app.readsEmails ? [...slackScopes, emailScope] : slackScopes } },
		settings: {
			event_subscriptions: { request_url: requestUrl, bot_events: events },
			interactivity: { is_enabled: true, request_url: requestUrl },
			org_deploy_enabled: false,
			socket_mode_enabled: false,
			token_rotation_enabled: false,
		},
	};
}
