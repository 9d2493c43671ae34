/** What a tool is: something that a model may call while it answers. One file each in this folder, one list of them. */

import { z } from 'zod';
import type { AnswerQuery } from '../connectors/company-data/answer-query.ts';
import { BotError } from '../errors.ts';
import type { Person } from '../identity/person.ts';
import type { english, Words } from '../locales/english.ts';
import type { ToolDefinition } from '../models/model-pool.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';

/** Each has its words in `src/locales/tools`. */
export type ToolName = keyof typeof english.tools;

/** For whom and where a tool runs. */
export interface ToolContext {
	person: Person;
	/** The account that the person asks with. */
	account: Actor;
	platform: ChatPlatform;
	/** Where the answer will stand: whoever reads it there reads what the tool gave. */
	place: Place;
	/** The person's message that is answered. */
	questionMessageId: string;
	now: Date;
	/** Of the person, or of the installation where theirs is not known. */
	timeZone: string;
	/** In the person's language: sources are named for them. */
	words: Words;
	conversationId: string;
	/** That answers. */
	model: string;
}

/** Something that an answer can cite. */
export interface FoundSource {
	title: string;
	/** What stands where in it, in the person's language: `page 12`. Null, as without it, for all of it. */
	place?: string | null;
	/** ISO 8601: when it was shared, or changed last. Null, as without it, where nobody knows or the title says it. */
	date?: string | null;
	/** Where it can be opened; null when nobody can. */
	url: string | null;
	/** What stands there; its beginning is kept with the answer. */
	excerpt: string;
	/** Whether the excerpt may be shown to whoever takes part in the conversation. Not when not given. */
	canShow?: boolean;
	/** As of `Source`, all three. */
	chunkId?: number;
	placementId?: string;
	fileId?: string;
	/** How old it may be, where that was decided for it alone. Null, as without it, where nobody did. */
	staleAfterDays?: number | null;
	/** All that it says, with names and times: what the answer says of it is looked up there. The excerpt when not given. */
	passage?: string;
	/** What a model reads of it, beside the mark to cite it by. Nothing when not given: then the data of the result tell. */
	told?: Readonly<Record<string, unknown>>;
}

/** The whole answer, which no model writes any further. */
export interface FinalAnswer {
	/** In Markdown. */
	text: string;
	/** What it asked a company's database; null for nothing. */
	query: AnswerQuery | null;
	/** There is more for the asker where nobody reads along. */
	isPrivate: boolean;
}

export interface ToolResult {
	/** Plain JSON, as long as it is: it is framed as data and cut to its room before a model reads it. */
	data: Readonly<Record<string, unknown>>;
	/** What `data` draws on. */
	sources?: readonly FoundSource[];
	/** Ends the answer. */
	final?: FinalAnswer;
}

export interface Tool {
	name: ToolName;
	/** As the model is told of it. */
	definition: ToolDefinition;
	/** How long a run may take, in milliseconds; as other tools where it is absent. */
	longestRunMs?: number;
	/**
	 * @param given what the model wrote, whatever that is.
	 * @param signal fires when nobody waits for the result any more: whatever the tool has begun ends then.
	 * @throws BotError `NOT_FOUND`, `FORBIDDEN` or any other: its message is told the model, so it holds nothing that the person may not know.
	 */
	run(given: unknown, context: ToolContext, signal: AbortSignal): Promise<ToolResult>;
}

interface ToolParts<Arguments> {
	name: ToolName;
	/** For the model, in English: what it gives, and when to call it. */
	description: string;
	/** What it takes, each with a `describe` for the model. Unknown fields are dropped: models invent some. */
	schema: z.ZodType<Arguments>;
	longestRunMs?: number;
	run(given: Arguments, context: ToolContext, signal: AbortSignal): Promise<ToolResult>;
}

/** Makes a tool of its parts: what the model wrote is read by the schema first. */
export function createTool<Arguments>({ name, description, schema, longestRunMs, run }: ToolParts<Arguments>): Tool {
	const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' });
	return {
		name,
		definition: { name, description, parameters },
		...(longestRunMs === undefined ? {} : { longestRunMs }),
		async run(given, context, signal) {
			const read = schema.safeParse(given);
			if (!read.success) throw new BotError('MODEL_REJECTED', z.prettifyError(read.error), { reason: 'tool-arguments' });
			return await run(read.data, context, signal);
		},
	};
}
