/** By a link from the chat: all rows of an answer, saved when that is pressed. A preview of the link presses nothing. */

import { useState } from 'preact/hooks';
import { ApiProblem } from '../state/api-client.ts';
import { Brand } from './brand.tsx';
import { saveFile } from './browser.ts';
import { usePage } from './page-context.ts';

/** @param signed What stands behind the `#` of the link. */
export function RowsEntry({ signed }: { signed: string }) {
	const { chat, words } = usePage();
	const [said, setSaid] = useState<string | null>(null);
	const save = async () => {
		setSaid(words.signIn.asking);
		try {
			saveFile(await chat.api.saveLinkedRows(signed));
			setSaid(words.data.saved);
		} catch (thrown) {
			setSaid((thrown instanceof ApiProblem && thrown.message) || words.line.trouble);
		}
	};
	return (
		<main class="door">
			<Brand />
			<h1>{words.data.title}</h1>
			<p class="hint">{words.data.about}</p>
			<div class="choices">
				<button type="button" class="primary" onClick={() => void save()}>
					{words.data.csv}
				</button>
			</div>
			<p role="status">{said}</p>
		</main>
	);
}
