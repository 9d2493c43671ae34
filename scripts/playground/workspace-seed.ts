/** Fills the emulated Slack with a believable company, so that there is something to look at and to ask about. */

import type { Channel, SlackEmulator, User } from '#test/emulators/slack/index.ts';
import { type Talk, talks } from './seed-talks.ts';
import type { Person } from './wire.ts';

export const workspaceName = 'Talleres Aurora';

/** A clock for the emulator that can be in the past while the seed is written. */
export interface SeedClock {
	now: () => number;
	moveBack(minutes: number): void;
}

export interface Company {
	people: Person[];
	/** By channel id. */
	topics: ReadonlyMap<string, string>;
}

type Handle = 'lucia' | 'tom' | 'ana' | 'priya' | 'marco' | 'jonas';

const staff: Readonly<Record<Handle, Omit<Person, 'id'>>> = {
	lucia: { name: 'Lucía Ferrer', title: 'Ventas', locale: 'es-ES', standing: 'employee' },
	tom: { name: 'Tom Baker', title: 'Engineering', locale: 'en-GB', standing: 'employee' },
	ana: { name: 'Ana Ruiz', title: 'Finanzas', locale: 'es-ES', standing: 'employee' },
	priya: { name: 'Priya Nair', title: 'Operations', locale: 'en-US', standing: 'employee' },
	marco: { name: 'Marco Conti', title: 'Freelance designer', locale: 'en-GB', standing: 'guest' },
	jonas: { name: 'Jonas Weber', title: 'Hotel Miramar', locale: 'en-GB', standing: 'external' },
};

interface Room {
	name: string;
	topic: string;
	members: Handle[];
	isPrivate?: boolean;
	isExtShared?: boolean;
}

const rooms: readonly Room[] = [
	{ name: 'general', topic: 'Lo que nos importa a todos · What concerns us all', members: ['lucia', 'tom', 'ana', 'priya'] },
	{ name: 'ventas', topic: 'Presupuestos, clientes, plazos', members: ['lucia', 'tom', 'ana', 'priya'] },
	{ name: 'engineering', topic: 'Machines, drawings, prototypes', members: ['tom', 'priya', 'lucia', 'marco'] },
	{ name: 'hotel-miramar', topic: 'Shared with Hotel Miramar', members: ['lucia', 'tom', 'jonas'], isExtShared: true },
	{ name: 'finanzas', topic: 'Solo dirección y administración', members: ['ana', 'lucia'], isPrivate: true },
];

const directs: readonly [Handle, Handle][] = [
	['lucia', 'ana'],
	['tom', 'priya'],
	['lucia', 'tom'],
];

export function createSeedClock(): SeedClock {
	let offsetMs = 0;
	return {
		now: () => performance.timeOrigin + performance.now() + offsetMs,
		moveBack(minutes) {
			offsetMs = -minutes * 60_000;
		},
	};
}

/** Writes people, channels and what they said in the last hours. The bot joins afterwards, so it hears nothing of the past. */
export async function seedWorkspace(slack: SlackEmulator, clock: SeedClock): Promise<Company> {
	const people = Object.fromEntries(Object.entries(staff).map(([handle, person]) => [handle, addPerson(slack, handle, person)]));
	const idOf = (handle: string) => people[handle]?.id ?? '';
	const channels = rooms.map(({ name, members, isPrivate = false, isExtShared = false }) =>
		slack.workspace.addChannel({ name, isPrivate, isExtShared, members: members.map(idOf), botIsMember: false }),
	);
	for (const [one, other] of directs) {
		const name = [one, other].join('-');
		channels.push(slack.workspace.addChannel({ name, isGroupDirect: true, members: [idOf(one), idOf(other)], botIsMember: false }));
	}
	await writeTalks(slack, clock, { channels, idOf });
	for (const channel of channels) channel.botIsMember = channel.kind !== 'mpim';
	for (const { id } of Object.values(people)) slack.workspace.openDirect(id);
	const topicOf = new Map(rooms.map(({ name, topic }) => [name, topic]));
	return {
		people: Object.entries(staff).map(([handle, person]) => ({ id: idOf(handle), ...person })),
		topics: new Map(channels.map(({ id, name }) => [id, topicOf.get(name) ?? ''])),
	};
}

function addPerson(slack: SlackEmulator, handle: string, { name, locale, standing }: Omit<Person, 'id'>): User {
	return slack.workspace.addUser({
		name: handle,
		realName: name,
		locale,
		isGuest: standing === 'guest',
		isStranger: standing === 'external',
	});
}

interface Cast {
	channels: readonly Channel[];
	idOf(handle: string): string;
}

/** Oldest first over all channels, because time in the workspace only moves forward. */
async function writeTalks(slack: SlackEmulator, clock: SeedClock, { channels, idOf }: Cast): Promise<void> {
	const roots = new Map<Talk, string>();
	const lines = talks.flatMap((talk) => [
		{ talk, line: talk.root, isRoot: true },
		...talk.replies.map((line) => ({ talk, line, isRoot: false })),
	]);
	lines.sort((left, right) => right.line.minutesAgo - left.line.minutesAgo);
	for (const { talk, line, isRoot } of lines) {
		clock.moveBack(line.minutesAgo);
		const channel = channels.find(({ name }) => name === talk.channel)?.id ?? '';
		const threadTs = isRoot ? undefined : roots.get(talk);
		const { ts } = await slack.say({ user: idOf(line.by), channel, text: line.text, ...(threadTs === undefined ? {} : { threadTs }) });
		if (isRoot) roots.set(talk, ts);
	}
	clock.moveBack(0);
}
