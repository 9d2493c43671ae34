/** Texts to vectors: on which host, within which time, and of which model they are. */

import { BotError, toBotError } from '../errors.ts';
import { unlessAborted } from '../waiting.ts';
import { cancelled } from './admission.ts';
import { embedEach, type SendOutcome } from './embed-each.ts';
import { withinVectorTime } from './embed-request.ts';
import { embeddingFamilyOf } from './embedding-families.ts';
import type { Host } from './host.ts';
import { isWorthAnotherHost, noHost } from './model-errors.ts';
import { canonicalModelName, refuseCloudModel } from './model-name.ts';
import type { EmbeddingIdentity, LanguageModels } from './model-pool.ts';
import type { PassageLaneParts } from './passage-lane.ts';
import type { ModelPoolSettings } from './settings.ts';
import { createVectorSource, type VectorOrder, type VectorSource } from './vector-source.ts';
import type { TextVector } from './vectors.ts';

/** A question's vector takes a tenth of a second. A search goes on without one after this, and nobody has noticed. */
const INTERACTIVE_MS = 3_000;

export interface EmbedderParts {
	settings: ModelPoolSettings;
	hosts: readonly Host[];
	queue: PassageLaneParts['queue'];
}

/** One call of `embed`, and what all of its vectors have in common. */
interface EmbedCall extends VectorOrder {
	/** Null before there is a vector. */
	digest: string | null;
	/** The last that was asked. */
	asked: VectorSource | null;
	makers: Set<Host>;
}

export function createEmbedder({ settings, hosts, queue }: EmbedderParts): Pick<LanguageModels, 'embed' | 'embeddingIdentity'> {
	const { clock, embeddingModel } = settings;
	const sources = hosts.map((host) => createVectorSource({ host, settings, queue }));
	/** By digest, as vectors really were. */
	const vectorLengths = new Map<string, number>();

	/** On one host after the other, the least busy first. */
	const sendSomewhere = async (call: EmbedCall, texts: readonly string[], signal: AbortSignal): Promise<SendOutcome> => {
		let failure = noHost('no-host');
		for (const source of sources.toSorted((one, other) => one.load() - other.load())) {
			try {
				return await sendTo(source, call, texts, signal);
			} catch (error) {
				failure = toBotError(error);
				if (!isWorthAnotherHost(failure) && failure.reason !== 'model-changed') throw failure;
			}
		}
		// One that is away may have what the others have not.
		throw failure.code === 'MODEL_REJECTED' && hosts.some((host) => host.isAway()) ? noHost('no-host') : failure;
	};
	const embedWorded = async (call: EmbedCall, texts: readonly string[], prefix: string, signal: AbortSignal): Promise<TextVector[]> => {
		const work = (within: AbortSignal) => embedEach(texts, prefix, (some) => sendSomewhere(call, some, within));
		if (call.priority === 'background') return await work(signal);
		try {
			return await withinVectorTime(clock, INTERACTIVE_MS, signal, work);
		} catch (error) {
			if (toBotError(error).code === 'TIMEOUT') call.asked?.finishLoading(call.model);
			throw error;
		}
	};

	return {
		async embed({ texts, purpose, model = embeddingModel() ?? undefined, digest = null, priority }, signal) {
			if (model === undefined) throw new BotError('MODEL_REJECTED', 'no embedding model is configured', { reason: 'no-embedding-model' });
			refuseCloudModel(model);
			if (signal.aborted) throw cancelled();
			const { prefixes, version } = embeddingFamilyOf(model);
			const call: EmbedCall = { model, priority, digest, vectorLength: null, asked: null, makers: new Set() };
			const made = (await embedWorded(call, texts.filter(hasWords), prefixes[purpose], signal)).values();
			const vectors = texts.map((text) => (hasWords(text) ? (made.next().value ?? 'bad-vector') : 'empty-text'));
			// Passages are kept beside others of the same model; what searches for them is forgotten.
			if (purpose === 'passage') await unlessAborted(refuseReplaced(call), signal, cancelled);
			if (call.digest === null || call.vectorLength === null) return { vectors, identity: null };
			vectorLengths.set(call.digest, call.vectorLength);
			return { vectors, identity: identityOf(model, version, call.digest, call.vectorLength) };
		},
		embeddingIdentity(model = embeddingModel() ?? undefined) {
			if (model === undefined) return null;
			const { version } = embeddingFamilyOf(model);
			for (const { vectorModels } of hosts.toSorted((one, other) => Number(one.isAway()) - Number(other.isAway()))) {
				const known = vectorModels.known(model);
				const dimensions = known === null ? null : (vectorLengths.get(known.digest) ?? known.vectorLength);
				if (known !== null && dimensions !== null) return identityOf(model, version, known.digest, dimensions);
			}
			return null;
		},
	};
}

async function sendTo(source: VectorSource, call: EmbedCall, texts: readonly string[], signal: AbortSignal): Promise<SendOutcome> {
	const digest = await unlessAborted(source.digestOf(call.model, call.digest), signal, cancelled);
	call.asked = source;
	const outcome = await source.send(call, texts, signal);
	if ('vectors' in outcome) call.vectorLength ??= outcome.vectors.find((vector) => Array.isArray(vector))?.length ?? null;
	call.digest = digest;
	call.makers.add(source.host);
	return outcome;
}

/** Of an empty text alone Ollama says nothing at all, and in a list it makes a vector that means nothing. */
function hasWords(text: string): boolean {
	return text.trim() !== '';
}

function identityOf(model: string, prefixVersion: string, digest: string, dimensions: number): EmbeddingIdentity {
	return { model: canonicalModelName(model), digest, prefixVersion, dimensions };
}

/** What a host had at its last look may be another one by now. @throws BotError if so. */
async function refuseReplaced({ model, digest, makers }: EmbedCall): Promise<void> {
	const hosts = [...makers];
	await Promise.all(hosts.map((host) => host.look()));
	if (hosts.every(({ vectorModels }) => (vectorModels.known(model)?.digest ?? digest) === digest)) return;
	throw new BotError('MODEL_UNAVAILABLE', 'the model was replaced meanwhile', { retryable: true, reason: 'model-changed' });
}
