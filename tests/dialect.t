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
done_testing();

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
