#!/usr/bin/perl
# Looks for canaries: words that exist nowhere but in one person's sealed
# record.  Standard input names them, a line each: LABEL TAB TEXT.
#	canary.pl FILE... < canaries
# Prints "LABEL HOW FILE" for every one that it finds, in plain, in capitals,
# without accents, reversed, as UTF-16 of both kinds, as hexadecimal and as
# base64 (whatever stands before it); the file's name counts as well.
#	canary.pl --plant HOW TEXT
# prints the text in one of these ways, for the test of this search.
use strict;
use warnings;
use Encode qw(encode decode FB_CROAK);
use MIME::Base64 qw(encode_base64);
use Unicode::Normalize qw(NFD NFC);

binmode STDOUT;

# The text as it may stand somewhere: way => bytes.
sub ways {
	my ($text) = @_;
	my $plain = encode('UTF-8', $text);
	my %way = (
		plain => $plain,
		capitals => encode('UTF-8', uc $text),
		small => encode('UTF-8', lc $text),
		decomposed => encode('UTF-8', NFD($text)),
		bare => encode('UTF-8', NFD($text) =~ s/\p{M}//gr),
		reversed => encode('UTF-8', scalar reverse $text),
		utf16le => encode('UTF-16LE', $text),
		utf16be => encode('UTF-16BE', $text),
		hex => unpack('H*', $plain),
		HEX => uc unpack('H*', $plain),
		hex16 => unpack('H*', encode('UTF-16BE', $text)),
	);
	$way{HEX16} = uc $way{hex16};
	$way{bytesback} = reverse $plain;
	for my $before (0 .. 2) {
		my $code = encode_base64(('x' x $before) . $plain, '');
		# Symbols that hold bits of what stands around it.
		$code = substr $code, $before ? $before + 1 : 0;
		my $over = ($before + length $plain) % 3;
		$code = substr $code, 0, -4 if $over;
		$way{"base64-$before"} = $code;
	}
	$way{'hex-capitals'} = unpack 'H*', $way{capitals};
	return %way;
}

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/;
	my $bytes = <$in>;
	return defined $bytes ? $bytes : '';
}

if (@ARGV == 3 && $ARGV[0] eq '--plant') {
	my %way = ways(decode('UTF-8', $ARGV[2], FB_CROAK));
	die "no such way: $ARGV[1]\n" unless defined $way{$ARGV[1]};
	$way{$ARGV[1]} = encode_base64(('#' x $1) . "$way{plain}#####", '')
	    if $ARGV[1] =~ /^base64-(.)/;
	print "before $way{$ARGV[1]} after\n";
	exit 0;
}
if (@ARGV == 1 && $ARGV[0] eq '--ways') {
	my %way = ways('canary');
	print "$_\n" for sort keys %way;
	exit 0;
}

my @canaries;
while (my $line = <STDIN>) {
	chomp $line;
	my ($label, $text) = split /\t/, decode('UTF-8', $line, FB_CROAK);
	my %way = ways($text);
	# Short ones stand in random digits by chance: whole words only.
	my $short = length($text) < 6;
	for my $how (sort keys %way) {
		next if $short && $how ne 'plain';
		my $re = quotemeta $way{$how};
		$re = "(?<![0-9A-Za-z])$re(?![0-9A-Za-z])" if $short;
		push @canaries, [$label, $how, qr/$re/];
	}
}
die "no canaries\n" unless @canaries;
for my $path (@ARGV) {
	my $bytes = slurp($path);
	my ($name) = $path =~ m{([^/]+)$};
	for my $canary (@canaries) {
		my ($label, $how, $re) = @$canary;
		print "$label $how $path\n"
		    if $bytes =~ $re || $name =~ $re;
	}
}
