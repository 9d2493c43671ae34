/**
 * How near the nearest passage lies to a question that is about nothing there: cosines of models begin anywhere between 0 and 0.9, so what is near is
 * measured for each model over the company's own documents.
 */

import type { LanguageModels } from '../../models/model-pool.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import type { SearchableModel } from '../vectors/vector-use.ts';

/** What no company keeps documents about, in both languages. */
const questions = [
	'¿Cuál es la capital de Mongolia?',
	'¿Cómo se hace una tortilla de patatas jugosa?',
	'¿Quién ganó el mundial de fútbol de 1978?',
	'¿Qué dinosaurio era el más grande?',
	'Cuéntame un chiste de loros',
	'¿De qué trata la novela Cumbres borrascosas?',
	'¿Cuántas lunas tiene Júpiter?',
	'¿Por qué ronronean los gatos?',
	'What is the tallest waterfall in the world?',
	'How do I train a puppy not to bite?',
	'Which chess opening suits a beginner?',
	'Write a poem about the autumn moon',
	'Who painted the ceiling of the Sistine Chapel?',
	'What are good exercises for a sore neck?',
	'How long does a marathon runner need?',
	'What is the plot of Romeo and Juliet?',
];

/** Their mean. Null where there are no passages. @throws BotError as `LanguageModels.embed` and `VectorStore`. */
export async function measureNoise(
	models: Pick<LanguageModels, 'embed'>,
	vectors: Pick<VectorStore, 'nearestSimilarity'>,
	{ modelId, model, digest }: Pick<SearchableModel, 'modelId' | 'model' | 'digest'>,
	signal: AbortSignal,
): Promise<number | null> {
	const made = await models.embed({ texts: questions, purpose: 'query', model, digest, priority: 'background' }, signal);
	const nearest: number[] = [];
	for (const vector of made.vectors) {
		const similarity = typeof vector === 'string' ? null : await vectors.nearestSimilarity(modelId, vector);
		if (similarity !== null) nearest.push(similarity);
	}
	return nearest.length === 0 ? null : nearest.reduce((sum, one) => sum + one, 0) / nearest.length;
}
