/** Below an answer from a company's database: all of its rows as a file, and the statement that was sent. */

import { useState } from 'preact/hooks';
import { saveFile } from './browser.ts';
import { CodeBlock } from './code-block.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

export function DataEnd({ answerId }: { answerId: string }) {
	const { chat, words } = usePage();
	const [sql, setSql] = useState<string | null>(null);
	const save = () => chat.attempt(async () => saveFile(await chat.api.saveRows(answerId)));
	const show = () => chat.attempt(async () => setSql((await chat.api.readStatement(answerId)).sql));
	return (
		<section class="data-end" aria-label={words.data.title}>
			<button type="button" onClick={() => void save()}>
				<Icon name="save" />
				{words.data.csv}
			</button>
			<button type="button" aria-expanded={sql !== null} onClick={() => void (sql === null ? show() : setSql(null))}>
				{sql === null ? words.data.sql : words.data.hideSql}
			</button>
			{sql !== null && <CodeBlock language="sql" text={sql} />}
		</section>
	);
}
