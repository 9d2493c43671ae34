/** Which model answers whom and where: what was chosen, as far as the asker may use it, else the default. */

import type { Database } from '../database/database.ts';
import { ModelChoice } from '../database/entities/model-choice.ts';
import { assigned, columnOf } from '../database/entity-columns.ts';
import type { Principal } from '../database/transaction.ts';
import type { ConversationStore } from '../history/store.ts';
import { channelIdOf, conversationIdOf } from '../identity/place-id.ts';
import type { LimitedPerson, Limits } from '../limits/limits.ts';
import { isSameModel } from '../models/model-name.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Place } from '../platform/place.ts';

/** What a choice is for; the first that has one counts. */
export const choiceScopes = ['conversation', 'person', 'channel'] as const;

export type ChoiceScope = (typeof choiceScopes)[number];

export interface CurrentModel {
	/** As the settings name it. */
	model: string;
	origin: ChoiceScope | 'default';
}

export type Choosing =
	/** Kept: `chosen` as the settings name it, null where the choice was taken back. `current` may be of another origin, which goes before it. */
	| { type: 'chosen'; chosen: string | null; current: CurrentModel }
	/** No setting names it, or the asker may not use it. Nothing has changed. */
	| { type: 'refused'; reason: 'unknown' | 'forbidden' };

export type Chooser = Principal & LimitedPerson;

/** What is stored is read and written in the asker's name. */
export interface ModelChoices {
	/**
	 * What answers the person there. What was chosen and is no longer configured, or not theirs to use, counts as not chosen.
	 * @throws BotError as `Database.asUser`.
	 */
	current(person: Chooser, place: Place): Promise<CurrentModel>;
	/** @param model By any spelling of its name; null takes the choice back. @throws BotError as `Database.asUser`. */
	choose(person: Chooser, place: Place, scope: ChoiceScope, model: string | null): Promise<Choosing>;
	/** The models that the person may use, the default one first. */
	allowed(person: LimitedPerson): string[];
	/** Where nothing is chosen: the default one, or the first that the person may use when that is another one. */
	standard(person: LimitedPerson): string;
}

export interface ModelChoicesDependencies {
	database: Pick<Database, 'queryAs'>;
	store: Pick<ConversationStore, 'join'>;
	models: Pick<LanguageModels, 'model' | 'models'>;
	limits: Pick<Limits, 'mayUse'>;
}

interface StoredChoice {
	scope: ChoiceScope;
	model: string;
}

const columns: Readonly<Record<ChoiceScope, string>> = {
	conversation: columnOf(ModelChoice, 'conversation'),
	person: columnOf(ModelChoice, 'user'),
	channel: columnOf(ModelChoice, 'channel'),
};

const replacement = { model: 'excluded.model', chosenBy: 'excluded.chosen_by', chosenAt: 'now()' };

const insertForChannel = `
	insert into model_choices (channel_id, model, chosen_by) select id, $2, $3 from channels where id = $1
	on conflict (channel_id) do update set ${assigned(ModelChoice, replacement)} returning model`;

const selectChoices = `
	select case when ${columns.conversation} = $1 then 'conversation' when ${columns.person} = $2 then 'person' else 'channel' end as scope, model
	from model_choices where ${columns.conversation} = $1 or ${columns.person} = $2 or ${columns.channel} = $3`;

export function createModelChoices({ database, store, models, limits }: ModelChoicesDependencies): ModelChoices {
	const allowed = (person: LimitedPerson) => models.models.map(({ name }) => name).filter((name) => limits.mayUse(person, 'models', name));
	const standard = (person: LimitedPerson) => {
		const names = allowed(person);
		return names.includes(models.model) ? models.model : (names[0] ?? models.model);
	};

	async function read(person: Chooser, place: Place): Promise<StoredChoice[]> {
		const values = [conversationIdOf(place), person.userId, channelIdOf(place)];
		return await database.queryAs<StoredChoice>(person, selectChoices, values);
	}

	async function current(person: Chooser, place: Place): Promise<CurrentModel> {
		const names = allowed(person);
		const chosen = names.length > 1 ? await read(person, place) : [];
		for (const origin of choiceScopes) {
			const choice = chosen.find(({ scope }) => scope === origin);
			const model = names.find((name) => choice !== undefined && isSameModel(name, choice.model));
			if (model !== undefined) return { model, origin };
		}
		return { model: standard(person), origin: 'default' };
	}

	async function keep(person: Chooser, place: Place, scope: ChoiceScope, model: string): Promise<void> {
		// Administrators decide for channels that they are not in, and are not let in by that.
		if (scope === 'channel' && (await keepForChannel(person, place, model))) return;
		const column = columns[scope];
		// Who has not spoken there yet may choose there all the same.
		if (scope !== 'person') await store.join(person, place);
		await database.queryAs(
			person,
			`insert into model_choices (${column}, model, chosen_by) values ($1, $2, $3)
				on conflict (${column}) do update set ${assigned(ModelChoice, replacement)}`,
			[idOf(person, place, scope), model, person.userId],
		);
	}

	/** @returns false where the person sees no such channel. */
	async function keepForChannel(person: Chooser, place: Place, model: string): Promise<boolean> {
		return (await database.queryAs(person, insertForChannel, [channelIdOf(place), model, person.userId])).length > 0;
	}

	return {
		current,
		async choose(person, place, scope, wanted) {
			if (wanted === null) {
				await database.queryAs(person, `delete from model_choices where ${columns[scope]} = $1`, [idOf(person, place, scope)]);
				return { type: 'chosen', chosen: null, current: await current(person, place) };
			}
			const known = models.models.find(({ name }) => isSameModel(name, wanted));
			if (known === undefined) return { type: 'refused', reason: 'unknown' };
			if (!limits.mayUse(person, 'models', known.name)) return { type: 'refused', reason: 'forbidden' };
			await keep(person, place, scope, known.name);
			return { type: 'chosen', chosen: known.name, current: await current(person, place) };
		},
		allowed,
		standard,
	};
}

function idOf({ userId }: Principal, place: Place, scope: ChoiceScope): string {
	if (scope === 'person') return userId;
	return scope === 'conversation' ? conversationIdOf(place) : channelIdOf(place);
}
