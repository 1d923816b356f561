#!/usr/bin/perl
# mlango dialect: every PDU of tests/vectors means what it should, and whatever
# a trace is made of, it is told.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

$ENV{MLANGO_DATADIR} = "$source/config";

# What a vector wants and the program does not tell yet, by kind: a vector that
# wants it is told below by its name, and counts as nothing.
my %not_told = (
	receipt => { map { $_ => 1 }
	    qw(error submit_date done_date id_equals stat) },
);
my @not_shown;

my $vectors = decode_json(content_of("$source/tests/vectors/smpp.json"));
cmp_ok(scalar(@$vectors), '>=', 45, 'there are vectors');
compare($_) for @$vectors;
diag("not shown: $_") for @not_shown;
# All in one file: no dialect fits all of it, so each PDU stands for itself.
my @told = map { decode_json($_) } lines_of('--json',
    join("\n", map { "$_->{hex} # $_->{name}" }
	grep { defined($_->{hex}) } @$vectors));
is_deeply([ map { $_->{kind} } @told ],
    [ map { $_->{means}{kind} } grep { defined($_->{hex}) } @$vectors ],
    'so are all of them together');
is_deeply([ map { $_->{dialect} // () } @told ],
    [ map { $_->{means}{dialect} // () } grep { defined($_->{hex}) } @$vectors ],
    'also their dialects');

# What is wrong with a PDU, what is done about it, and whether the link lives.
for my $wrong (
    [ 'a length under 16', '0000000f 00000015 00000000 00000001', 'RINVCMDLEN', 0 ],
    [ 'a length that is cut', '00000011 00000015 00000000 00000001', 'RINVCMDLEN', 0 ],
    [ 'a header that is cut', '00000010 00000015', 'RINVCMDLEN', 0 ],
    [ 'a length over 65,536', '00010001 00000015 00000000 00000001', 'RINVCMDLEN', 0 ],
    [ 'an unknown command', '00000010 00000abc 00000000 00000001', 'RINVCMDID', 1 ],
    [ 'a deliver_sm without a body', '00000010 00000005 00000000 00000001',
	'RINVCMDLEN', 1 ],
    [ 'octets behind a body', '00000013 00000015 00000000 00000001 050101',
	'ignore tail', 1 ],
    [ 'a response without its end', '00000013 80000004 00000000 00000001 414243',
	'accept what is there', 1 ]) {
	my ($name, $hex, $answer, $survives) = @$wrong;
	my $said = explained($hex);

	is_deeply([ map { $said->{$_} } qw(kind answer) ],
	    [ 'malformed', $answer ], $name);
	is($said->{link_survives} ? 1 : 0, $survives, 'and the link');
}

# An abort in each of its forms, and the dialect that has it.
for my $abort (
    [ 'an op', 'mica', '', 0, '', '05010001810204000212 34' ],
    [ 'an op and a bit', 'sixdee', '', 0, '', '0501000181 13830002162e' ],
    [ 'another op', 'velcom', 'USSD', 0, '', '0501000121 020400021234' ],
    [ 'no op', 'velcom', 'USSD', 0, '', '020400021234' ],
    [ 'a kind of receipt', 'vlr_address', 'USSD', 8, 'ABORT by user', '' ],
    [ 'the same without a service_type', 'vlr_address', '', 8, 'ABORT', '' ]) {
	my ($name, $dialect, $service, $esm, $text, $tlvs) = @$abort;
	my $body = pack('Z* CC Z* CC Z* CCC Z* Z* CCCC C/a*', $service, 1, 1,
	    '255700000001', 0, 1, '', $esm, 0, 0, '', '', 0, 0, 0, 0, $text) .
	    pack('H*', $tlvs =~ s/ //gr);
	my $said = explained(unpack('H*',
	    pack('N4', 16 + length($body), 5, 0, 1) . $body));

	is_deeply([ @$said{qw(kind dialect event)} ],
	    [ 'ussd_in', $dialect, 'abort' ], "an abort by $name");
}
is(explained(hex_of({ esm_class => 8, short_message => 'read' }))->{kind},
    'mo_sms', 'and what is none');

# The manual's example does what it says.
my ($example) = content_of("$source/man/mlango.1") =~ /^echo (.*?) \| mlango dialect -$/ms;
like(join("\n", lines_of('', $example =~ s/\\e\n//gr)),
    qr/^#1 line 1: deliver_sm 7: begin "\*15#"$/m, 'the example of mlango(1) is sound');

# Each row is in the talks of its dialect.
my @rows = content_of("$source/config/dialects.cfg") =~ /^\t\{\n(.*?)^\t\}/msg;
cmp_ok(scalar(@rows), '>=', 13, 'there are rows');
my @silent = map { name_of($_) } grep { /\bsilent = true/ } @rows;
my @telling = map { name_of($_) } grep { !/\bsilent = true/ } @rows;
is_deeply([ sort(dialects_of($_)) ], [ sort(@telling) ],
    "$_ is played in every dialect that tells of it")
    for qw(talks/cancelled.talk talks/cut_off.talk faults/F063_every_dialect.talk);
is_deeply([ dialects_of($_) ], ['every'], "$_ is played in every dialect")
    for qw(talks/dialects.talk talks/dialects_time_out.talk
	faults/F060_every_dialect.talk);
is_deeply([ grep { !/^\t\tassumed = /m } @rows ], [],
    'every row says what of it is assumed');
done_testing();

sub name_of {
	return $_[0] =~ /^\t\tname = "([^"]+)"/m;
}

sub dialects_of {
	return content_of("$source/tests/$_[0]") =~ /^dialect (\S+)$/mg;
}

# The members of `means` that the program tells are as they should be.
sub compare {
	my ($vector) = @_;
	my %means = %{ $vector->{means} };
	my $said = explained($vector->{hex} // hex_of($vector->{fields}));
	my (%want, %got, @untold);

	delete(@means{qw(tolerate undecided)});
	delete($means{text}) if !defined($means{text});
	for my $name (sort keys %means) {
		if ($not_told{ $means{kind} }{$name} && !exists($said->{$name})) {
			push(@untold, $name);
			next;
		}
		$want{$name} = bare($name, $means{$name});
		$got{$name} = exists($said->{$name})
		    ? bare($name, $said->{$name}) : '(absent)';
	}
	push(@not_shown, "$vector->{name} (@untold)") if @untold;
	is_deeply(\%got, \%want, $vector->{name})
	    if !@untold || !eq_hash(\%got, \%want);
}

# A code is compared without its first * and its last #.
sub bare {
	my ($name, $value) = @_;

	return $value if $name ne 'code' || !defined($value);
	return $value =~ s/^\*//r =~ s/#$//r;
}

sub explained {
	my ($hex) = @_;
	my ($line, @more) = lines_of("--json", "$hex\n");

	return {} if !defined($line) || @more;
	return decode_json($line);
}

sub lines_of {
	my ($options, $text) = @_;

	open(my $out, '>', "$folder/trace") or BAIL_OUT("$folder: $!");
	print $out $text;
	close($out) or BAIL_OUT("$folder: $!");
	return split(/\n/, `'$build/mlango' dialect $options '$folder/trace' 2>&1`);
}

# A deliver_sm with that text, for a vector that has no octets.
sub hex_of {
	my ($fields) = @_;
	my $text = $fields->{short_message};
	my $body = pack('Z* CC Z* CC Z* CCC Z* Z* CCCCC', '', 1, 1,
	    '255700000001', 0, 1, '15200', $fields->{esm_class}, 0, 0, '', '',
	    0, 0, 0, 0, length($text)) . $text;

	$body .= pack('n n/a*', hex($_->{tag}), pack('H*', $_->{value_hex}))
	    for @{ $fields->{tlvs} // [] };
	return unpack('H*', pack('N4', 16 + length($body), 5, 0, 1) . $body);
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
