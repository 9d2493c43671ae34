/** What tests of events begin with: two people in a place of their own, a bot with a few commands, and events that they cause. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { createCommands } from '#src/commands/commands.ts';
import { type Command, type CommandRecap, defineCommand } from '#src/commands/definition.ts';
import { createEventHandler, type EventHandler, type EventHandlerDependencies } from '#src/events/events.ts';
import { createSubscriptions, type Subscriptions } from '#src/events/subscriptions.ts';
import { createPassages } from '#src/history/passages.ts';
import type { Person } from '#src/identity/person.ts';
import type { Offered } from '#src/knowledge/ingest/offer-files.ts';
import type { Unconfirmed } from '#src/own-data/confirmations.ts';
import type {
	Actor,
	ButtonAction,
	ButtonPressed,
	ChatEvent,
	CommandInvoked,
	FilesOffered,
	MessageReceived,
} from '#src/platform/chat-event.ts';
import type { OutgoingFile } from '#src/platform/chat-platform.ts';
import type { Form } from '#src/platform/form.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeLimits, type FakeLimits } from '#test/fakes/limits.ts';
import { createFakeModelPool, says } from '#test/fakes/model-pool.ts';
import { createFakeRules, type FakeRules } from '#test/fakes/rules.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { newPerson, newPlace } from '../conversation/conversation-fixture.ts';
import { openTurnWorld, type TurnWorld, waitFor } from '../conversation/turn-fixture.ts';

class EventScene {
	opened!: TestDatabase;
	ana!: Person;
	luis!: Person;
	/** By account id; Ana for everybody else. */
	people!: Map<string, Person>;
	world!: TurnWorld;
	place!: Place;
	ratings!: string[];
	/** Where commands were run. */
	commanded!: Place[];
	/** What commands are asked for with, by what was typed. */
	forms!: Map<string, Form>;
	limits!: FakeLimits;
	/** What there is to sum up, and how often that was asked. */
	recap!: Awaited<ReturnType<CommandRecap['begin']>>;
	begun!: number;
	/** What was offered of what is held of somebody, by the id of the offer. */
	ownFiles!: Map<string, OutgoingFile | Unconfirmed>;
	/** How long it takes to find out who somebody is. */
	recognition!: Promise<void>;
	/** Null where there is no web. */
	rowLinks!: EventHandlerDependencies['rowLinks'];
	rules!: FakeRules;
	subscriptions!: Subscriptions;
	/** What comes of offering files. */
	offered!: Offered;
	/** Another platform, on which nobody has asked yet. */
	elsewhere!: FakePlatform;
	/** Where people were met last there. */
	lastPlace!: Place | null;
	/** On which platform people were asked about, and where they were met. */
	resolved!: [string, Place | null][];
	handler!: EventHandler;
	/** Why messages got no answer of their own. */
	dropped!: { account: string; reason: string }[];

	/** A handler with what was changed since. */
	renew(): void {
		this.handler = createHandler(this);
	}

	/** Handles an event to its end, moving the clock meanwhile. */
	async handle(event: ChatEvent, attempt = 1): Promise<string> {
		const handling = this.handler(event, attempt, new AbortController().signal, (dropped) => this.dropped.push(dropped));
		await waitFor(this.world.clock, handling);
		return await handling;
	}

	/** A question of Ana's and its answer. Resolves with the answer's id. */
	async answered(): Promise<string> {
		this.world.models.script(says('Very well.'));
		await this.handle(this.message());
		return this.world.platform.messages[0]?.replyId ?? '';
	}

	async runningAnswerId(): Promise<string> {
		const newest = "select id from messages where status = 'generating' order by sequence desc limit 1";
		const [row] = await this.opened.database.asUser(this.ana, ({ query }) => query<{ id: string }>(newest));
		return row?.id ?? '';
	}

	base(key: string) {
		const { place } = this;
		return { key: `${key}:${randomUUID()}`, platform: 'fake', tenantId: 'T', occurredAt: '2030-01-01T00:00:00Z', place };
	}

	message(given: Partial<MessageReceived> = {}): MessageReceived {
		const said = { messageId: '0500', text: 'How are you?', addressedBy: 'mention', startsThread: true } as const;
		return { ...this.base('message'), type: 'message-received', author: actor('ana'), ...said, attachments: [], ...given };
	}

	changed<Type extends 'message-edited' | 'message-deleted'>(type: Type, given: object): Extract<ChatEvent, { type: Type }> {
		return { ...this.base(type), type, messageId: '0500', author: actor('ana'), ...given } as Extract<ChatEvent, { type: Type }>;
	}

	offering(who = 'ana'): FilesOffered {
		const offered = { actor: actor(who), messageId: '0500', sharedBy: null, sharedAt: '2030-01-01T00:00:00Z', files: [] };
		return { ...this.base('offer'), type: 'files-offered', ...offered, replyHandle: 'handle' };
	}

	pressed(button: ButtonAction, who = 'ana'): ButtonPressed {
		return { ...this.base('button'), type: 'button-pressed', actor: actor(who), messageId: '1000', button, replyHandle: 'handle' };
	}

	invoked(text: string): CommandInvoked {
		return { ...this.base('command'), type: 'command-invoked', actor: actor('ana'), text };
	}

	greeting(): ChatEvent {
		return { ...this.base('opened'), type: 'direct-opened', actor: actor('ana') };
	}
}

export function actor(accountId: string): Actor {
	return { tenantId: 'T', accountId };
}

/** One database and its people for the file, everything else new for each test. */
export function useEventScene(): EventScene {
	const scene = new EventScene();
	beforeAll(async () => {
		scene.opened = await openServerDatabase();
		scene.ana = await newPerson(scene.opened.database);
		scene.luis = await newPerson(scene.opened.database, { displayName: 'Luis' });
	});
	afterAll(() => scene.opened.close());
	beforeEach(() => {
		const { ana, luis } = scene;
		scene.people = new Map(Object.entries({ ana, luis }));
		scene.place = newPlace();
		scene.ownFiles = new Map();
		scene.begun = 0;
		scene.recap = { sentence: 'nothing there' };
		scene.world = openTurnWorld(scene.opened.database, ana);
		scene.ratings = [];
		scene.dropped = [];
		scene.commanded = [];
		scene.forms = new Map();
		scene.limits = createFakeLimits();
		scene.recognition = Promise.resolve();
		scene.rowLinks = null;
		scene.rules = createFakeRules();
		scene.subscriptions = createSubscriptions();
		scene.offered = { outcome: 'looked-at', taken: 0, known: 0, refused: [] };
		scene.elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		scene.lastPlace = null;
		scene.resolved = [];
		scene.handler = createHandler(scene);
	});
	return scene;
}

/** `identities` say who people are, instead of the scene. */
export function createHandler(scene: EventScene, identities: EventHandlerDependencies['identities'] = identitiesOf(scene)): EventHandler {
	const { platform, store, running, turns } = scene.world;
	return createEventHandler({
		platforms: new Map([
			['fake', platform],
			['elsewhere', scene.elsewhere],
		]),
		identities,
		...{ store, running, turns, companyData: scene.world.companyData },
		rowLinks: scene.rowLinks,
		passages: createPassages(scene.opened.database, { read: async () => new Map(), titles: async () => [] }),
		timeZone: 'UTC',
		commands: createCommands({ models: createFakeModelPool() } as never, commandsOf(scene)),
		forms: { formFor: (text) => scene.forms.get(text) ?? null },
		limits: scene.limits,
		subscriptions: scene.subscriptions,
		rules: scene.rules,
		offers: { offer: async () => scene.offered },
		records: {
			offered: (offerId) => (offerId === 'record' ? 'audit' : null),
			make: async (_asker, { name }) => ({ file: { name: `${name}.csv`, mediaType: 'text/csv', bytes: new Uint8Array() }, comment: '' }),
		},
		broadcasts: { press: async (_asked, id) => (id === 'broadcast' ? 'stopped' : null) },
		ownRequests: {
			erase: async (_asked, id) => (id === 'known' ? 'confirmed' : 'unknown'),
			takeExport: async (_person, id) => scene.ownFiles.get(id) ?? null,
		},
		database: scene.opened.database,
		modelFor: () => 'fake-model',
		language: 'en',
		clock: scene.world.clock,
		pacers: unpaced,
		observeFeedback: (rating) => void scene.ratings.push(rating),
	});
}

function identitiesOf(scene: EventScene): EventHandlerDependencies['identities'] {
	return {
		resolve: async ({ name }, { accountId }, met) => {
			scene.resolved.push([name, met.place]);
			await scene.recognition;
			return scene.people.get(accountId) ?? scene.ana;
		},
		lastPlaceOf: async () => scene.lastPlace,
	};
}

function commandsOf(scene: EventScene): Command[] {
	const common = { audience: 'everyone', answer: 'private', arguments: {}, examples: [] } as const;
	const order = { schema: z.string().default('') };
	return [
		defineCommand({ ...common, names: { en: 'help', es: 'ayuda' }, run: async () => ['the help text'] }),
		defineCommand({
			...common,
			names: { en: 'queue', es: 'cola' },
			audience: 'administrators',
			arguments: { order },
			isArgument: (typed) => typed === 'pause',
			run: async (_context, { order: typed }) => [`queue: ${typed}`],
		}),
		defineCommand({
			...common,
			names: { en: 'sql', es: 'consultas' },
			isAnswered: true,
			arguments: { order },
			isArgument: () => true,
			run: async (_context, { order: typed }) => {
				if (typed === '') return ['which?'];
				return { answer: async (questionId) => ({ text: `${typed} of ${questionId}`, query: fakeQuery, isPrivate: false }) };
			},
		}),
		defineCommand({
			...common,
			names: { en: 'catchup', es: 'novedades' },
			isAnswered: true,
			arguments: { order },
			isArgument: () => true,
			run: async () => ({
				begin: async () => {
					scene.begun++;
					return scene.recap;
				},
			}),
		}),
		defineCommand({
			...common,
			names: { en: 'stop', es: 'parar' },
			run: async ({ place }) => {
				scene.commanded.push(place);
				return ['stopped'];
			},
		}),
	];
}
