/** The Slack app as `manifests/slack.json` describes it ("App manifest reference"): what the adapter listens to and may do, and nothing more. */

import { english } from '#src/words/english.ts';

/** Each scope with what it is for; an administrator reads this list before they install the app. */
const scopes = [
	'app_mentions:read', // mentions
	'assistant:write', // status line, suggested prompts
	'channels:history', // threads the bot takes part in, public channels
	'groups:history', // the same, private channels
	'im:history', // direct messages
	'mpim:history', // group messages
	'chat:write', // answers
	'commands', // /ccb
	'users:read', // names, language, guests
];

const events = [
	'agent_session_stopped',
	'app_home_opened',
	'app_mention',
	'message.channels',
	'message.groups',
	'message.im',
	'message.mpim',
];

/** @param publicUrl Where Slack reaches the bot; unused in Socket Mode, but the manifest wants one. */
export function slackManifest(publicUrl: string): object {
	const requestUrl = `${publicUrl}/slack/events`;
	return {
		display_information: {
			name: 'OpenCCB',
			description: 'Private assistant that answers with models on our own machines.',
			background_color: '#1f2a44',
		},
		features: {
			app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
			bot_user: { display_name: 'OpenCCB', always_online: true },
			agent_view: {
				agent_description: 'Ask anything: the answer is written by a model on the company’s own machines, and appears as it is written.',
				suggested_prompts: english.prompts,
			},
			slash_commands: [
				{
					command: '/ccb',
					url: requestUrl,
					description: 'OpenCCB commands',
					usage_hint: Object.keys(english.command.about).join(' | '),
					should_escape: true,
				},
			],
		},
		oauth_config: { scopes: { bot: scopes } },
		settings: {
			event_subscriptions: { request_url: requestUrl, bot_events: events },
			interactivity: { is_enabled: true, request_url: requestUrl },
			org_deploy_enabled: false,
			socket_mode_enabled: false,
			token_rotation_enabled: false,
		},
	};
}
