/** The sources of an answer, folded behind how many they are. */

import type { Citation } from '../wire.ts';
import { SafeLink } from './markdown.tsx';
import { usePane } from './stage.ts';

export function Citations({ citations }: { citations: readonly Citation[] }) {
	const { words } = usePane();
	return (
		<details class="citations">
			<summary>{words.sources(citations.length)}</summary>
			<ol>
				{citations.map(({ number, title, about, text, url }) => (
					<li key={number} value={number}>
						<strong>{url === null ? title : <SafeLink address={url}>{title}</SafeLink>}</strong>
						{about !== '' && <span class="note"> · {about}</span>}
						{text !== '' && <p>{text}</p>}
					</li>
				))}
			</ol>
		</details>
	);
}
