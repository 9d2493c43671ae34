/** What newcomers can try in the conversation with the bot: files of the company, once one is shared what to ask it, and what to ask the company's database. */

import type { Sample } from '../wire.ts';
import { fetchSample } from './api.ts';
import { Icon } from './icons.tsx';
import { aboutOf, saidIn } from './selectors.ts';
import { usePane } from './stage.ts';

interface SamplesProps {
	onFile(file: File): void;
	onQuestion(question: string): void;
}

export function Samples({ onFile, onQuestion }: SamplesProps) {
	const { view, words, place } = usePane();
	const said = saidIn(view, place);
	const isSaid = (format: 'file' | 'words', text: string) =>
		said.some(({ parts }) =>
			parts.some((part) => 'text' in part && part.text === text && (part.format === 'file') === (format === 'file')),
		);
	const { samples = [], questions = [] } = aboutOf(view) ?? {};
	const unshared = samples.filter(({ name }) => !isSaid('file', name));
	const unasked = samples.filter(({ name, question }) => isSaid('file', name) && !isSaid('words', question));
	const toDatabase = questions.filter((question) => !isSaid('words', question));
	if (unshared.length + unasked.length + toDatabase.length === 0) return null;
	const take = async (sample: Sample) => onFile(await fetchSample(sample));
	return (
		<div class="samples">
			<span>{words.trySamples}</span>
			{unasked.map(({ question }) => (
				<button type="button" key={question} onClick={() => onQuestion(question)}>
					{question}
				</button>
			))}
			{unshared.map((sample) => (
				<button type="button" key={sample.name} onClick={() => void take(sample)}>
					<Icon name="file" />
					{sample.name}
				</button>
			))}
			{toDatabase.map((question) => (
				<button type="button" key={question} onClick={() => onQuestion(question)}>
					{question}
				</button>
			))}
		</div>
	);
}
