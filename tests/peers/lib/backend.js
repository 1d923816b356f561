/*
 * The systems of the institutions: what the sample menus ask, answered from a
 * table.
 */
'use strict';

const fs = require('fs');
const http = require('http');

const { samples } = require('./samples');

const table = {
	'/maji/accounts/A1234567': sample('maji_owes'),
	'/maji/areas': sample('maji_areas'),
	'/maji/leaks': '{}',
	'/latra/fares?from=DAR&to=ARUSHA': sample('latra_fare'),
	'/necta/results/csee/S033405562019': sample('necta_csee'),
};

/* With rows of its own before ours; on a port that is free. */
exports.start = async (t, rows = {}) => {
	const answers = { ...table, ...rows };
	const server = http.createServer((request, response) => {
		const answer = answers[request.url];

		response.writeHead(answer === undefined ? 404 : 200,
		    { 'Content-Type': 'application/json' });
		response.end(answer ?? '{}');
	});

	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	t.end(() => {
		server.close();
		server.closeAllConnections();
	});
	return server.address().port;
};

function sample(name) {
	return fs.readFileSync(`${samples}/institutions/${name}.json`, 'utf8');
}
