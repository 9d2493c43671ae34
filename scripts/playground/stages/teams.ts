/** The emulated Microsoft Teams as a stage of the playground. */

import { botDescription } from '#src/commands/description.ts';
import { accountReference } from '#src/identity/account.ts';
import { startTeamsEmulator, type TeamsEmulator } from '#test/emulators/teams/index.ts';
import { people } from '../company.ts';
import { createRoster, type Roster } from '../roster.ts';
import { summariseCalls } from './calls.ts';
import { createPrivateNotes, type PrivateNotes } from './private-notes.ts';
import { botId, type Said, type Saying, type Stage, type StageOptions, type Where } from './stage.ts';
import { createTeamsLook } from './teams/look.ts';
import { feedbackButtonId, isForm, typedForTeams } from './teams/message.ts';
import { createTeamsApps } from './teams/other-apps.ts';
import { seedTeams } from './teams/seed.ts';
import { traceInTeams } from './teams/trace.ts';

/** Starts an emulated Teams with the company in it. */
export async function startTeamsStage({ clock, latencyMs, botUrl }: StageOptions): Promise<Stage> {
	const teams = await startTeamsEmulator({ latencyMs, now: clock.now });
	const { ids, rooms } = await seedTeams(teams, clock);
	teams.setMessagingEndpoint(`${botUrl}/teams/messages`);
	const roster = createRoster(people, new Map([...ids, [botId, 'bot']]));
	const listeners: (() => void)[] = [];
	const tellAll = () => {
		for (const listener of listeners) listener();
	};
	teams.onChange(tellAll);
	const notes = createPrivateNotes(clock.now, tellAll);
	return {
		platform: 'teams',
		botEnvironment: {
			TEAMS_APP_ID: teams.appId,
			TEAMS_APP_PASSWORD: teams.appPassword,
			TEAMS_APP_TYPE: 'SingleTenant',
			TEAMS_TENANT_ID: teams.tenantId,
			TEAMS_OPENID_URL: teams.openIdMetadataUrl,
			TEAMS_LOGIN_URL: teams.loginUrl,
			TEAMS_SERVICE_HOSTS: new URL(teams.serviceUrl).host,
			TEAMS_FILE_HOSTS: new URL(teams.filesUrl).host,
			TEAMS_GRAPH: 'on',
			TEAMS_GRAPH_URL: teams.graphUrl,
		},
		accountOf(personId) {
			const user = teams.tenant.user(roster.idOf(personId));
			return accountReference({ platform: 'teams', tenantId: user?.tenantId ?? '', accountId: user?.aadObjectId ?? '' });
		},
		look: createTeamsLook(teams, roster, rooms, notes),
		calls: () =>
			summariseCalls('teams', teams.calls, ({ operation, status, error }) => ({
				method: operation,
				status: status ?? 0,
				error: error ?? null,
			})),
		trace: (question, untilMs) => traceInTeams(teams, { ...question, personId: roster.idOf(question.personId) }, untilMs),
		...createActions(teams, roster, notes),
		...createTeamsApps(teams, roster),
		refuseNextCall: () => teams.fail({ operation: '*', kind: '429', times: 1, retryAfterSeconds: 1 }),
		onChange: (listener) => void listeners.push(listener),
		close: teams.close,
	};
}

type Actions = Pick<Stage, 'say' | 'edit' | 'remove' | 'press' | 'offerFiles' | 'command' | 'stop' | 'open'>;

function createActions(teams: TeamsEmulator, roster: Roster, notes: PrivateNotes): Actions {
	const where = ({ personId, placeId }: Where) => ({ user: roster.idOf(personId), conversation: placeId });
	return {
		say: (saying) => say(teams, roster, saying),
		edit: ({ messageId, text, ...place }) => teams.edit({ ...where(place), id: messageId, ...typedForTeams(roster, text) }),
		remove: ({ messageId, ...place }) => teams.remove({ ...where(place), id: messageId }),
		async press({ messageId, buttonId, value, ...place }) {
			const which = { ...where(place), id: messageId };
			if (buttonId === feedbackButtonId) return teams.giveFeedback({ ...which, reaction: value === 'like' ? 'like' : 'dislike' });
			const { data, ...rest } = JSON.parse(value);
			if (isForm(data)) return { opensForm: true };
			const result = await teams.pressCard({ ...which, title: buttonId, data, ...rest });
			const threadId = teams.message(place.placeId, messageId)?.threadRootId ?? null;
			const parts = [{ format: 'plain' as const, text: result.shown ?? '' }];
			if (result.shown !== undefined) notes.add(place.personId, { platform: 'teams', placeId: place.placeId, threadId, parts });
			return result;
		},
		// What Teams tells of the message would not bring its files.
		offerFiles: () => Promise.reject(new TypeError('no such entry in Teams')),
		async command({ text, ...place }) {
			const bare = asListed(text.replace(/^\//, ''));
			// The menu of a chat with the bot only writes what it is called; elsewhere a command is a message that the bot alone sees.
			if (kindOf(teams, place) === 'personal') await teams.say({ ...where(place), text: bare });
			else await teams.slash({ ...where(place), text: bare });
			return {};
		},
		stop: (place) => teams.stopStreaming(where(place)),
		open: () => Promise.resolve(),
	};
}

/** What stands in the app's list of commands for it. */
function asListed(typed: string): string {
	const named = botDescription.commands.flatMap(({ names, spoken }) => [
		[names.en, spoken.en],
		[names.es, spoken.es],
	]);
	return named.find(([name]) => name === typed.trim())?.[1] ?? typed;
}

async function say(teams: TeamsEmulator, roster: Roster, saying: Saying): Promise<Said> {
	const { personId, placeId, text, threadId, repliesTo, file, forwards } = saying;
	const typed = typedForTeams(roster, text);
	const { id } = await teams.say({
		user: roster.idOf(personId),
		conversation: placeId,
		...typed,
		threadRootId: threadId,
		quotes: repliesTo === undefined ? [] : [repliesTo],
		forwards: forwards && { conversation: forwards.placeId, id: forwards.messageId },
		...(file === undefined ? {} : { files: [file] }),
	});
	const kind = teams.tenant.conversation(placeId)?.kind;
	const atMs = teams.message(placeId, id)?.history[0]?.atMs ?? Number(id);
	return { messageId: id, atMs, threadId: kind === 'channel' ? (threadId ?? id) : null, isForBot: kind === 'personal' || typed.mentionBot };
}

function kindOf(teams: TeamsEmulator, { placeId }: Where): string | undefined {
	return teams.tenant.conversation(placeId)?.kind;
}
