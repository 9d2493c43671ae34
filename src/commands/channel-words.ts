/** What can be typed after `channel`, and what an administrator decides with it. Pure. */

import { z } from 'zod';
import type { ChannelDecision, RuleDecision } from '../administration/channel-orders.ts';
import { isTimeZone } from '../local-time.ts';
import { minuteOfDay } from '../rules/quiet-hours.ts';
import { choiceOf } from './choices.ts';
import type { ArgumentValues, CommandArgument } from './definition.ts';

const what = choiceOf({
	show: { en: 'show', es: 'ver', otherWords: ['muestra', 'mostrar'] },
	mode: { en: 'mode', es: 'modo' },
	model: { en: 'model', es: 'modelo' },
	locale: { en: 'locale', es: 'idioma', otherWords: ['language', 'lang'] },
	quiet: { en: 'quiet', es: 'silencio' },
	budget: { en: 'budget', es: 'presupuesto' },
	retention: { en: 'retention', es: 'conservación', otherWords: ['conservacion', 'retención', 'retencion'] },
	ingest: { en: 'ingest', es: 'incorporar', otherWords: ['files', 'archivos'] },
	knowledge: { en: 'knowledge', es: 'conocimiento', otherWords: ['docs', 'documentos'] },
	stale: { en: 'stale', es: 'caducidad', otherWords: ['antigüedad', 'antiguedad', 'old'] },
	digest: { en: 'digest', es: 'resumen' },
});

const value = choiceOf({
	on: { en: 'on', es: 'activar' },
	off: { en: 'off', es: 'desactivar' },
	mention: { en: 'mention', es: 'mención', otherWords: ['mencion', 'mentions', 'menciones'] },
	threads: { en: 'threads', es: 'hilos' },
	all: { en: 'all', es: 'todo' },
	english: { en: 'english', es: 'inglés', otherWords: ['ingles', 'en'] },
	spanish: { en: 'spanish', es: 'español', otherWords: ['espanol', 'es'] },
	ask: { en: 'ask', es: 'preguntar' },
	here: { en: 'here', es: 'aquí', otherWords: ['aqui'] },
	only: { en: 'only', es: 'solo', otherWords: ['sólo'] },
	prefer: { en: 'prefer', es: 'preferir' },
	backfill: { en: 'backfill', es: 'anteriores' },
	stop: { en: 'stop', es: 'parar' },
	default: { en: 'default', es: 'predeterminado', otherWords: ['standard', 'estándar', 'estandar'] },
});

const [leastCount, mostCount] = [1, 1_000_000_000];

/** Days, or tokens. */
const count = {
	schema: z
		.string()
		.regex(/^\d{1,10}$/)
		.transform(Number)
		.pipe(z.number().min(leastCount).max(mostCount))
		.optional(),
	range: { least: leastCount, most: mostCount },
};

/** `22:00-07:00`. */
const hours = {
	schema: z
		.string()
		.transform((typed, context) => {
			const [from = null, to = null, ...rest] = typed.split('-').map(minuteOfDay);
			if (from !== null && to !== null && from !== to && rest.length === 0) return { from, to };
			context.addIssue('no hours');
			return z.NEVER;
		})
		.optional(),
};

const zone = { schema: z.string().refine(isTimeZone).optional() };

/** A day of the calendar, from its beginning in UTC on. */
const since = {
	schema: z.iso
		.date()
		.transform((day) => `${day}T00:00:00.000Z`)
		.optional(),
};

const scope = choiceOf({ everywhere: { en: 'everywhere', es: 'general' } });

/** As Ollama has them: letters, digits, and what parts them. */
const model: CommandArgument<string | undefined> = {
	schema: z
		.string()
		.regex(/^[\w.:/@-]{1,200}$/)
		.optional(),
};

export const channelArguments = { what, value, count, hours, zone, since, scope, model };

export type ChannelOrder = ArgumentValues<typeof channelArguments>;

/** More days than these are a slip of the pen: old is what is older than ten years, and nobody keeps talk for a century. */
const mostDays = { stale: 3_650, retention: 36_500 };

/** Which of the arguments are given, besides what it is about. */
export function givenBesides({ what: _what, ...rest }: ChannelOrder): string {
	return Object.entries(rest)
		.filter(([, given]) => given !== undefined)
		.map(([name]) => name)
		.join(' ');
}

/** Null for what does not go together. */
export function decisionOf(order: ChannelOrder): ChannelDecision | null {
	const { what: wanted, scope: where } = order;
	const rule = wanted === undefined ? undefined : rules[wanted];
	if (rule !== undefined) {
		const decided = rule({ ...order, scope: undefined });
		return decided === null ? null : { ...decided, everywhere: where !== undefined };
	}
	return where === undefined ? forChannelAlone(order) : null;
}

type Decided = Omit<RuleDecision, 'everywhere'>;

/** Takes a decision back, or, with `off`, decides for none. Undefined for another value. */
function without(rule: RuleDecision['rule'], chosen: ChannelOrder['value'], mayBeOff = true): Decided | undefined {
	if (chosen === 'default') return { rule };
	return chosen === 'off' && mayBeOff ? { rule, value: null } : undefined;
}

const rules: Partial<Record<NonNullable<ChannelOrder['what']>, (order: ChannelOrder) => Decided | null>> = {
	mode(order) {
		const { value: chosen } = order;
		if (givenBesides(order) !== 'value') return null;
		const isMode = chosen === 'off' || chosen === 'mention' || chosen === 'threads' || chosen === 'all';
		return isMode ? { rule: 'mode', value: chosen } : (without('mode', chosen, false) ?? null);
	},
	locale(order) {
		if (givenBesides(order) !== 'value') return null;
		if (order.value === 'english' || order.value === 'spanish') {
			return { rule: 'language', value: order.value === 'english' ? 'en' : 'es' };
		}
		return without('language', order.value) ?? null;
	},
	quiet(order) {
		const { hours: between, zone: of = null } = order;
		const given = givenBesides(order);
		if (given === 'value') return without('quiet', order.value) ?? null;
		const isWhole = between !== undefined && (given === 'hours' || given === 'hours zone');
		return isWhole ? { rule: 'quiet', value: { ...between, zone: of } } : null;
	},
	budget: (order) => counted('tokensPerDay', order, mostCount),
	retention: (order) => counted('keepDays', order, mostDays.retention),
};

function counted(rule: 'tokensPerDay' | 'keepDays', order: ChannelOrder, most: number): Decided | null {
	const { count: number, value: chosen } = order;
	const given = givenBesides(order);
	if (given === 'value') return without(rule, chosen) ?? null;
	return given === 'count' && number !== undefined && number <= most ? { rule, value: number } : null;
}

function forChannelAlone(order: ChannelOrder): ChannelDecision | null {
	const { what: wanted, value: chosen, count: number } = order;
	const given = givenBesides(order);
	if (wanted === 'stale') {
		if (given === 'count' && number !== undefined && number <= mostDays.stale) return { staleAfterDays: number };
		return given === 'value' && (chosen === 'default' || chosen === 'off') ? { staleAfterDays: null } : null;
	}
	if (given !== 'value' || chosen === undefined || wanted === undefined) return null;
	return decisions[wanted]?.[chosen] ?? null;
}

type Decisions = Partial<Record<NonNullable<ChannelOrder['value']>, ChannelDecision>>;

const decisions: Partial<Record<NonNullable<ChannelOrder['what']>, Decisions>> = {
	ingest: { on: { ingest: 'on' }, off: { ingest: 'off' }, ask: { ingest: 'ask' }, default: { ingest: null } },
	knowledge: { only: { knowledge: 'only' }, prefer: { knowledge: 'prefer' }, off: { knowledge: 'off' }, default: { knowledge: null } },
	digest: { on: { digest: 'private' }, here: { digest: 'here' }, off: { digest: null }, default: { digest: null } },
};
