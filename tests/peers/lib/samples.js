/*
 * The sample menus and institutions that we ship, and what a citizen sees of
 * them, word by word.
 */
'use strict';

const fs = require('fs');
const path = require('path');

const source = process.env.MLANGO_SRCDIR ?? path.join(__dirname, '../../..');
const samples = exports.samples = path.join(source, 'config');

/* Where the samples believe their back ends to be. */
const BACKEND = 'http://127.0.0.1:8090/';

/* Copies of them in FOLDER, whose back ends listen on PORT. */
/* With an INSTITUTION beside them, which is dialled by 5. */
exports.copy = (folder, port, institution) => {
	fs.mkdirSync(`${folder}/institutions`);
	for (const name of ['menus.cfg', ...institutions()]) {
		const text = fs.readFileSync(`${samples}/${name}`, 'utf8');

		fs.writeFileSync(`${folder}/${name}`,
		    text.replaceAll(BACKEND, `http://127.0.0.1:${port}/`));
	}
	if (institution !== undefined)
		add(folder, institution);
};

function add(folder, { name, text }) {
	const menus = fs.readFileSync(`${folder}/menus.cfg`, 'utf8');
	const option = `{ key = "5"; sw = "${name}"; en = "${name}"; ` +
	    `next = "${name}"; },`;

	fs.writeFileSync(`${folder}/institutions/${name}.cfg`, text);
	fs.writeFileSync(`${folder}/menus.cfg`,
	    menus.replace('{ key = "6";', `${option}\n    { key = "6";`));
}

function institutions() {
	return fs.readdirSync(`${samples}/institutions`)
	    .filter(name => name.endsWith('.cfg'))
	    .map(name => `institutions/${name}`);
}

const GRADES = '[CIV] C, [HIST] C, [GEO] B, [KISW] B, [ENGL] C, [BIO] B, ' +
    '[CHEM] C, [MATH] D, [PHY] C, [AGR] B';

/* Dialogues: what the citizen dials and answers, and the screen after it; the
 * last screen ends the dialogue. */
exports.bill = [
	['*152*00#', screen(
	    'Huduma za Serikali',
	    '2 Vyeti vya kuzaliwa',
	    '4 Nishati, Madini na Usafiri',
	    '6 Maji',
	    '8 Elimu',
	    '9 Malalamiko',
	    '99 English')],
	['6', screen(
	    'Huduma za Maji',
	    '1 Uliza deni',
	    '2 Toa taarifa ya uvujaji',
	    '0 Rudi',
	    '00 Mwanzo',
	    '99 English')],
	['1', screen(
	    'Ingiza namba ya akaunti ya maji (mf. A1234567)',
	    '0 Rudi',
	    '00 Mwanzo')],
	['12', screen(
	    'Namba si sahihi.',
	    'Ingiza namba ya akaunti ya maji (mf. A1234567)',
	    '0 Rudi',
	    '00 Mwanzo')],
	['a123 4567', screen(
	    'Asha Juma Mushi',
	    'Deni: TZS 42,500',
	    'Namba ya malipo: 991234567890',
	    '1 Nitumie kwa SMS',
	    '0 Rudi',
	    '00 Mwanzo')],
	['1', 'Asante. Utapokea SMS.'],
];

/* What else a citizen gets to know about that bill. */
exports.billBySms = 'Asha Juma Mushi: deni TZS 42,500. ' +
    'Lipa kwa namba ya malipo 991234567890.';

/* An exam's result that takes two messages, in characters of which some take
 * two septets. */
exports.longResult = {
	question: 'MATOKEO CSEE S0334-0556-2019',
	path: '/necta/results/csee/S033405562019',
	answer: JSON.stringify({ sitting: 'CSEE 2019', name: 'Ad\u00e8le \u00d1ande',
	    division: 'II', points: 19, grades: GRADES }),
	sms: `CSEE 2019 S033405562019 Ad\u00e8le \u00d1ande: Daraja II, pointi 19. ${GRADES}`,
};

function screen(...lines) {
	return lines.join('\n');
}
