/** The files of the question that is being written: how far each is, why one failed, and a way to be rid of it. */

import type { QuestionFile } from '../state/question-files.ts';
import { IconButton } from './icon-button.tsx';
import { usePage } from './page-context.ts';

export function QuestionFileList({ files }: { files: readonly QuestionFile[] }) {
	const { chat, words } = usePage();
	if (files.length === 0) return null;
	return (
		<ul class="attached-files" aria-label={words.files.title}>
			{files.map(({ key, file, state, progress, reason }) => (
				<li key={key} class={state}>
					<span class="file-name" dir="auto">
						{file.name}
					</span>
					{state === 'sending' && <progress aria-label={words.files.sending(file.name)} value={progress} />}
					{state === 'failed' && (
						<span class="reason" role="alert">
							{reason || words.files.failed}
						</span>
					)}
					{state === 'failed' && <IconButton icon="again" label={words.files.retry(file.name)} onPress={() => chat.files.retry(key)} />}
					<IconButton icon="close" label={words.files.remove(file.name)} onPress={() => chat.files.remove(key)} />
				</li>
			))}
		</ul>
	);
}
