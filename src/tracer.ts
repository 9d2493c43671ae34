/** Where the time of one turn goes, told to whoever traces: what was done, within what, from when to when. Never what was said. */

/** Outcomes, codes, models, hosts and numbers; never text of people, ids of people or places. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface Tracer {
	/** A whole turn. `key` names it in every process that tries it: attempts of the same event belong together. */
	turn<Result>(key: string, attributes: SpanAttributes, work: () => Promise<Result>): Promise<Result>;
	/** A stage of the turn that this runs in; outside of one nothing is told. */
	stage<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
	/** Something that happened at one moment of the stage that this runs in. */
	note(name: string, attributes: SpanAttributes): void;
}

/** For who traces nothing. */
export const noTracer: Tracer = {
	turn: (_key, _attributes, work) => work(),
	stage: (_name, work) => work(),
	note: () => {},
};
