# Plays sessions: what is typed, and below it what must come.
#
#   ;; a comment
#   $ mailroom letter receive K7M-4RP-TMK      a command, for one sh a session
#   > --sheets 3                               and its next line
#   code  <code:stub>                          a line of output, stdout and
#   ...                                        stderr as they come
#   ? 1                                        exit code, when it is not 0
#
# In output <code> <id> <day> <time> <n> <word> <any> stand for what differs
# from run to run, and <code:name> also keeps it as $name, in later commands
# and in later output.  A line of three dots is any number of lines.  Blank
# lines before the next command do not count.  $REPO is the source, $TOP the
# empty folder that the session starts in.
use strict;
use warnings;
use File::Temp qw(tempdir);
use IPC::Open2;

my $symbol = '[2345678CDFHKMPRTVWX]';
my $three = $symbol x 3;
my %pattern = (
	code => "$three-$three-$three-$three",
	id => "$three-$three-$three(?:-$three)?",
	day => '\d\d\d\d-\d\d-\d\d',
	time => '(?:\d\d\d\d-\d\d-\d\dT)?\d\d:\d\d(?::\d\dZ)?',
	n => '\d+',
	word => '\S+',
	any => '.*',
);
my ($count, $failed) = (0, 0);

# A session as a list of [line number, command, [output lines], exit code].
sub parse {
	my ($path) = @_;
	my (@blocks, $block);
	open my $in, '<', $path or die "$path: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		next if $line =~ /^;;/;
		if ($line =~ /^\$ (.*)/) {
			$block = [$., $1, [], 0];
			push @blocks, $block;
		} elsif (!$block) {
			die "$path:$.: output before any command\n"
			    if $line ne '';
		} elsif ($line =~ /^> (.*)/ && !@{$block->[2]}) {
			$block->[1] .= "\n$1";
		} elsif ($line =~ /^\? (\d+)$/) {
			$block->[3] = $1;
		} else {
			push @{$block->[2]}, $line;
		}
	}
	for my $b (@blocks) {
		pop @{$b->[2]} while @{$b->[2]} && $b->[2][-1] eq '';
	}
	return @blocks;
}

# One expected line as a pattern, and the names that it keeps.
sub compile {
	my ($line, $kept) = @_;
	my (@names, $re);
	$re = '';
	while ($line =~ /\G(?:<(\w+)(?::(\w+))?>|\$(\w+)|(.))/gs) {
		if (defined $1 && $pattern{$1}) {
			$re .= defined $2 ? "($pattern{$1})" : $pattern{$1};
			push @names, $2 if defined $2;
		} elsif (defined $3 && exists $kept->{$3}) {
			$re .= quotemeta $kept->{$3};
		} else {
			$re .= quotemeta $&;
		}
	}
	return (qr/^$re$/, @names);
}

# Does the output fit?  Keeps names on the way.
sub fits {
	my ($want, $got, $kept) = @_;
	return !@$got if !@$want;
	if ($want->[0] eq '...') {
		for my $skip (0 .. @$got) {
			return 1 if fits([@$want[1 .. $#$want]],
			    [@$got[$skip .. $#$got]], $kept);
		}
		return 0;
	}
	return 0 if !@$got;
	my ($re, @names) = compile($want->[0], $kept);
	my @found = $got->[0] =~ $re or return 0;
	@$kept{@names} = @found if @names;
	return fits([@$want[1 .. $#$want]], [@$got[1 .. $#$got]], $kept);
}

# Run one command in the shell; its output lines and exit code.
sub run {
	my ($in, $out, $command) = @_;
	my $mark = 'done-' . int(rand(1e9));
	print $in "{ $command\n} </dev/null 2>&1\nprintf '\\n$mark %d\\n' \$?\n";
	my $text = '';
	while (my $line = <$out>) {
		if ($line =~ /^$mark (\d+)$/) {
			my $code = $1;
			$text =~ s/\n\z//;
			$text =~ s/\n\z//;
			return ($code, split /\n/, $text, -1);
		}
		$text .= $line;
	}
	return (-1, split /\n/, $text, -1);
}

sub report {
	my ($ok, $name, $block, $code, @got) = @_;
	$count++;
	print $ok ? "ok" : "not ok", " $count - $name\n";
	return if $ok;
	$failed++;
	print "# wanted, exit $block->[3]:\n", map {"#   $_\n"} @{$block->[2]};
	print "# came, exit $code:\n", map {"#   $_\n"} @got;
}

sub play {
	my ($path, $build, $repo, $show) = @_;
	my ($name) = $path =~ m{([^/]+)\.session$} or die "$path: no session\n";
	my @blocks = parse($path);
	my $top = tempdir(CLEANUP => 1);
	my %kept = (TOP => $top, REPO => $repo);
	local %ENV = (PATH => "$build:$ENV{PATH}", HOME => $top, TOP => $top,
	    REPO => $repo, BUILD => $build, TZ => 'UTC', LC_ALL => 'C.UTF-8');
	my $pid = open2(my $out, my $in, 'sh');
	print $in "cd '$top'\n";
	for my $block (@blocks) {
		my ($line, $command) = @$block;
		my $keep = join '', map {"$_='$kept{$_}'\n"} sort keys %kept;
		print $in $keep;
		my ($code, @got) = run($in, $out, $command);
		if ($show) {
			print '$ ', $command =~ s/\n/\n> /gr, "\n";
			print map {"$_\n"} @got;
			print "? $code\n" if $code;
		}
		my $ok = fits($block->[2], \@got, \%kept) &&
		    $code == $block->[3];
		next if $show;
		my ($first) = split /\n/, $command;
		$first =~ s/#/\\#/g;
		report($ok, "$name:$line $first", $block, $code, @got);
		last if $code == -1;
	}
	close $in;
	waitpid $pid, 0;
}

$SIG{PIPE} = 'IGNORE';
$| = 1;
my $show = @ARGV && $ARGV[0] eq '--show' ? shift @ARGV : '';
my $build = shift @ARGV;
my $repo = shift @ARGV;
play($_, $build, $repo, $show) for @ARGV;
print "1..$count\n" if !$show;
exit($failed ? 1 : 0);
